import type { StreamSource } from '../flow/observed';
import type { Overflow } from './overflow';

/**
 * What a body is made of. Observables are subscribed, and what a slow client has not taken yet waits; iterables,
 * async iterables and ReadableStreams are pulled, as fast as the client reads. So is a reader (`fromNdjsonFetch`,
 * `fromEventSource`, `fromChunkedFetch`) that is passed without an operator behind it: a filter goes into its
 * `project`. A slow client is not cut off then; only what `project` gives in its own time may exceed
 * `maxBufferedBytes`. A function is asked when the body is first read, with what the client wants to continue after:
 * its `Last-Event-ID`, else the query parameter `lastEventId`.
 */
export type BodySource<T> = StreamSource<T> | ((lastEventId: string | undefined) => StreamSource<T>);

/** The type of the values of a source. */
export type ValueOf<S> =
  S extends StreamSource<infer T> ? T : S extends (...args: never) => StreamSource<infer T> ? T : never;

/** Refuses options for values of the type `V` where the source gives others. */
export type Covering<V, S> = [ValueOf<S>] extends [V]
  ? unknown
  : 'The overflow takes fewer types than the source gives';

/** The end of a body, and a count of what its reader was given until then. */
export interface BodyEnd {
  /**
   * - `'completed'`: the source completed, and the reader took everything.
   * - `'failed'`: the source errored, whatever became of the client afterwards; or `mapError` or the format did.
   * - `'left'`: the client cancelled the body, or its `request` was aborted.
   * - `'overflow'`: more than `maxBufferedBytes` waited for a slow client.
   * - `'stalled'`: the client did not read for `stallTimeout`.
   * - `'aborted'`: the `signal` of the application aborted.
   */
  readonly outcome: 'completed' | 'failed' | 'left' | 'overflow' | 'stalled' | 'aborted';
  /**
   * The error of the source, the `StreamOverflowError`, or the reason of `signal`. Where the body has ended well
   * otherwise, the error that the teardown of the source threw. `undefined` if there is none.
   */
  readonly error: unknown;
  /** Number of values of the source that the reader was given, without those that were dropped or still waited. */
  readonly messages: number;
  /** Number of bytes that the reader was given: the values, and what the format adds to them. */
  readonly bytes: number;
  /** Milliseconds since the body was first read, or since `awaitFirst` began to wait, by RxJS's `asyncScheduler`. */
  readonly duration: number;
}

/** What every body takes. */
export interface BodyOptions<T> {
  /**
   * The request that is answered: when its signal aborts, the source is unsubscribed, and it may name a last event
   * ID.
   */
  request?: Request | undefined;
  /** Ends the body early, as when a server shuts down: the source is unsubscribed, the client sees a cut. */
  signal?: AbortSignal | null | undefined;
  /**
   * Bytes that may wait for a client that does not read. A character of text counts as one, and each value beyond the
   * first 1 024 as 128 more. Values that the source emits while it is being subscribed come on top, and a client that
   * has read in the last 50 ms may be behind by more: once, for 50 ms, before anything is dropped, and for 5 s before
   * it is cut off. `Infinity` is no limit.
   *
   * @defaultValue 8 MiB
   */
  maxBufferedBytes?: number | undefined;
  /** What becomes of the client, or of what waits, beyond `maxBufferedBytes`. `'error'` if omitted. */
  overflow?: Overflow<T> | undefined;
  /**
   * How long anything may wait for a client that does not read, in milliseconds; then it is cut off with a
   * `StreamOverflowError`. 30 000 if omitted, `Infinity` for no limit.
   */
  stallTimeout?: number | undefined;
  /** What the public may know of a failure of the source. `'Internal error'` if omitted. */
  mapError?: ((error: unknown) => string) | undefined;
  /**
   * Receives, once for each body whose source was subscribed or would have been, how the body ended: for metrics, and
   * for a log of the errors that clients are not told. It is called after the teardown of the source. A body that is
   * dropped before it is read, as the one of a HEAD request is, does not count. An error that it throws goes to
   * RxJS's `config.onUnhandledError`, where that is set.
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
