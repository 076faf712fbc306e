import type { StreamSource } from '../flow/observed';
import type { Overflow } from './overflow';

/**
 * Source of the values of a body.
 *
 * - An Observable is subscribed, and its values are buffered while the client is slow.
 * - An iterable, an async iterable or a ReadableStream is pulled, as fast as the client reads.
 * - A reader (`fromNdjsonFetch`, `fromEventSource`, `fromChunkedFetch`) without an operator behind it is pulled, too,
 *   so put a filter into its `project`. The body does not cut off a slow client then, except where `project` emits
 *   values later by itself and they exceed `maxBufferedBytes`.
 * - A function is called when the body is first read, and returns one of these. It receives the event ID after which
 *   the client wants to continue: the header `Last-Event-ID`, else the query parameter `lastEventId`.
 */
export type BodySource<T> = StreamSource<T> | ((lastEventId: string | undefined) => StreamSource<T>);

/** The type of the values of a source. */
export type ValueOf<S> =
  S extends StreamSource<infer T> ? T : S extends (...args: never) => StreamSource<infer T> ? T : never;

/** Refuses options for values of the type `V` where the source gives others. */
export type Covering<V, S> = [ValueOf<S>] extends [V]
  ? unknown
  : 'The overflow takes fewer types than the source gives';

/** The end of a body, and a count of what its client had received until then. */
export interface BodyEnd {
  /**
   * - `'completed'`: the source completed, and the client took everything.
   * - `'failed'`: the source errored, even if the client disconnected afterwards, or the format refused a value.
   * - `'left'`: the client cancelled the body, or its `request` was aborted.
   * - `'overflow'`: more than `maxBufferedBytes` were buffered for a slow client.
   * - `'stalled'`: the client did not read for `stallTimeout`.
   * - `'aborted'`: the `signal` of the application aborted.
   */
  readonly outcome: 'completed' | 'failed' | 'left' | 'overflow' | 'stalled' | 'aborted';
  /**
   * The error of the source, the `StreamOverflowError`, or the reason of `signal`. If the body has ended without one of
   * them, it is the error that the teardown of the source threw, or `undefined`.
   */
  readonly error: unknown;
  /**
   * Number of values of the source that the client received. Values that were dropped or still buffered do not count.
   */
  readonly messages: number;
  /** Number of bytes that the client received, including the bytes that the format adds to the values. */
  readonly bytes: number;
  /**
   * Milliseconds since the first read, or since `awaitFirst` began to wait, on the clock of RxJS's `asyncScheduler`.
   */
  readonly duration: number;
}

/** Options of every body. */
export interface BodyOptions<T> {
  /**
   * The request that the body answers. When its signal aborts, the body unsubscribes from the source. A source that is
   * a function receives the last event ID of this request.
   *
   * @defaultValue none: the body ends when the client cancels it
   */
  request?: Request | undefined;
  /**
   * Ends the body early, for example when the server shuts down. The body unsubscribes from the source, and the client
   * sees a cut connection.
   *
   * @defaultValue none
   */
  signal?: AbortSignal | null | undefined;
  /**
   * Bytes that may be buffered for a client that does not read. `Infinity` sets no limit.
   *
   * A character of text counts as one byte, and each value beyond the first 1 024 as 128 bytes more. Values that the
   * source emits while it is being subscribed do not count. A client that has read within the last 50 ms may exceed the
   * limit for a while: once for 50 ms before `overflow` drops values, or for 5 s before the body cuts the client off.
   *
   * @defaultValue 8 MiB
   */
  maxBufferedBytes?: number | undefined;
  /**
   * Strategy for a client whose buffer exceeds `maxBufferedBytes`.
   *
   * @defaultValue `'error'`
   */
  overflow?: Overflow<T> | undefined;
  /**
   * Time for which values may be buffered while the client does not read, in milliseconds. The body then cuts the
   * client off, and ends with a `StreamOverflowError`. `Infinity` sets no limit.
   *
   * @defaultValue `30_000`
   */
  stallTimeout?: number | undefined;
  /**
   * Maps a failure of the source to the text that clients may see.
   *
   * @defaultValue `'Internal error'`, and after a gap that the messages after the last event ID are no longer available
   */
  mapError?: ((error: unknown) => string) | undefined;
  /**
   * Receives the end of the body, for metrics and for a log of the errors that clients do not see. The body calls it
   * once, after the teardown of the source. A body that is dropped before its first read, such as the body of a HEAD
   * request, does not call it. An error that it throws goes to RxJS's `config.onUnhandledError`, if that is set.
   *
   * @defaultValue none
   *
   * @example
   * ```ts
   * import { interval } from 'rxjs';
   * import { toNdjsonResponse } from 'rxjs-http-streams';
   *
   * export const GET = (request: Request) =>
   *   toNdjsonResponse(interval(1_000), {
   *     request,
   *     onEnd: ({ outcome, error, messages, duration }) => {
   *       console.log(`${outcome} after ${messages} rows and ${duration} ms`, error ?? '');
   *     },
   *   });
   * ```
   */
  onEnd?: ((end: BodyEnd) => void) | undefined;
}
