import type { ObservableInput } from 'rxjs';

/** Decides when and how often a stream of events reconnects. */
export interface ReconnectConfig {
  /**
   * Maximum number of consecutive reconnections without a healthy connection among them.
   *
   * @defaultValue `Infinity`
   */
  count?: number | undefined;
  /**
   * The wait before a reconnection. A number, in milliseconds, applies until the server sends a `retry:`. A function
   * replaces every rule for delays, like the `delay` of RxJS's `retry`. It receives:
   *
   * - the error that ended the connection, `undefined` after a clean end;
   * - the number of this reconnection since the last healthy connection, counted from 1;
   * - the delay that would apply without the function, in milliseconds: `retry:`, `Retry-After`, back-off and jitter
   *   are included.
   *
   * The stream reconnects at the first value of the source that the function returns, such as
   * `race(timer(suggested), online$)`. If the source errors, the stream errors with the same error. If the source
   * completes without a value, the stream ends as the connection did.
   *
   * @defaultValue `3000`
   */
  delay?:
    | number
    | ((error: unknown, retryCount: number, suggested: number) => ObservableInput<unknown>)
    | undefined;
  /**
   * Maximum delay that `retry:` or doubling may lead to, in milliseconds.
   *
   * @defaultValue `30_000`
   */
  maxDelay?: number | undefined;
  /**
   * Maximum part, from 0 to 1, by which a delay, also that of `Retry-After`, is lengthened at random from the second
   * consecutive failure on, so that clients do not all reconnect at the same time. With 0 the delays are the same in
   * each run of a spec.
   *
   * @defaultValue `0.5`
   */
  jitter?: number | undefined;
  /**
   * The statuses after which the stream reconnects, as a list or a predicate. An empty list is the rule of WHATWG HTML.
   *
   * @defaultValue 408, 425, 429, 500, 502, 503, 504, 520 to 524, 529 and 530
   */
  statuses?: readonly number[] | ((status: number) => boolean) | undefined;
}
