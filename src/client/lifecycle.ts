import type { StreamResponse } from './streamInit';

/** An event in the life of a stream: a step of its connection, or a value. */
export type LifecycleEvent<T> =
  | {
      readonly type: 'connecting';
      /** The number of the request, as in `StreamAttempt`. */
      readonly attempt: number;
    }
  | { readonly type: 'open'; readonly response: StreamResponse }
  | {
      readonly type: 'progress';
      /** Bytes of this connection's body so far, decompressed. */
      readonly loaded: number;
      /** Bytes of the whole body, if `Content-Length` says so and the body is not compressed. */
      readonly total: number | undefined;
      /** Bytes of the bodies of all connections of this subscription so far, decompressed. */
      readonly received: number;
    }
  | { readonly type: 'value'; readonly value: T }
  | {
      readonly type: 'reconnecting';
      /** The error that ended the connection. Unset after a clean end. */
      readonly error: unknown;
      /** The wait until the next request, in milliseconds. Unset if a function `delay` decides. */
      readonly delay: number | undefined;
      /** The number of the next request. */
      readonly attempt: number;
    }
  /** The stream has no connection, and makes none until `pauseWhen` emits `false`. */
  | { readonly type: 'paused' };

/** Makes a reader emit the events of its lifecycle instead of its values alone. */
export interface LifecycleInit {
  /**
   * Makes the reader emit a `LifecycleEvent` for each step of a connection and for each value: `connecting`, `open`,
   * `progress`, `value`, `reconnecting` and `paused`.
   *
   * @defaultValue the reader emits the values alone
   */
  observe: 'lifecycle';
}
