import type { StreamSource } from '../operators/nativeObservable';
import type { Overflow } from './overflow';

/**
 * What a body is made of. Observables are subscribed, and what a slow client has not taken yet waits; iterables, async
 * iterables and ReadableStreams are pulled, as fast as the client reads. A function is asked when the body is first
 * read, with what the client wants to continue after: its `Last-Event-ID`, else the query parameter `lastEventId`.
 */
export type BodySource<T> = StreamSource<T> | ((lastEventId: string | undefined) => StreamSource<T>);

/** What every body takes. */
export interface BodyOptions<T> {
  /** The request that is answered: when its signal aborts, the source is unsubscribed, and it may name a last event ID. */
  request?: Request | undefined;
  /** Ends the body early, as when a server shuts down: the source is unsubscribed, the client sees a cut. */
  signal?: AbortSignal | null | undefined;
  /**
   * Bytes that may wait for a client that does not read. A character of text counts as one, and each value beyond the
   * first 1 024 as 128 more. Values that the source emits while it is being subscribed come on top, and a client that has
   * read in the last 50 ms may be behind by more: once, for 50 ms, before anything is dropped, and for 5 s before it is
   * cut off. `Infinity` is no limit.
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
}
