import { EMPTY, asyncScheduler, concat, defer, repeat, retry, throwError, timer } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { isHttpStatusError, isHttpStreamError, isStreamOverflowError } from '../errors';
import { MAX_DELAY } from '../protocol/limits';
import type { ConnectionState } from './eventConnection';
import type { Session } from './session';

/** When and how often a stream of events is connected anew. */
export interface ReconnectConfig {
  /**
   * Requests in a row that may follow on failures, without a healthy connection among them.
   *
   * @defaultValue `Infinity`
   */
  count?: number | undefined;
  /**
   * The wait before a reconnection. A number, in milliseconds, takes the place of the default until the server sends
   * a `retry:`. A function replaces all that is said here of delays, as in `retry`. It is given:
   *
   * - what ended the connection, `undefined` after a clean end;
   * - how many connections in a row have ended so, counted from 1;
   * - how long would have been waited without the function, in milliseconds: `retry:`, `Retry-After`, backing off and
   *   jitter are in it.
   *
   * The first value of what the function returns reconnects: `(error, count, suggested) => race(timer(suggested),
   * online$)`. An error of it is the stream's, and when it completes without a value the stream ends as the
   * connection did.
   *
   * @defaultValue `3000`
   */
  delay?:
    | number
    | ((error: unknown, retryCount: number, suggested: number) => ObservableInput<unknown>)
    | undefined;
  /**
   * The longest delay that `retry:` or doubling leads to, in milliseconds.
   *
   * @defaultValue `30_000`
   */
  maxDelay?: number | undefined;
  /**
   * The part of a delay by which chance may lengthen it from the second failure in a row on, from 0 to 1, so that
   * clients do not come back in step. 0 makes the delays the same in each run of a spec.
   *
   * @defaultValue `0.5`
   */
  jitter?: number | undefined;
  /**
   * The statuses that are worth another request, as a list or a predicate. WHATWG HTML has none.
   *
   * @defaultValue 408, 425, 429, 500, 502, 503, 504, 520 to 524, 529 and 530
   */
  statuses?: readonly number[] | ((status: number) => boolean) | undefined;
}

const BASE_DELAY = 3_000;
const MIN_SERVER_DELAY = 100;
/** How long a connection without a message has to have been open to count as healthy, in milliseconds. */
const HEALTHY_AFTER = 5_000;
/** Those of RFC 9110 and RFC 6585, and those with which proxies say that a server is overloaded or away. */
const STATUSES = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529, 530];
/** Enough doublings for 1 ms to become longer than any timer can wait. */
const MAX_DOUBLINGS = 31;

/**
 * Connects again and again, after failures that may pass and after clean ends (WHATWG HTML §9.2.3).
 *
 * After a healthy connection the delay is exactly the base; from the second failure in a row on it doubles,
 * lengthened at random by `jitter`, so that clients do not come back in step. Never sooner than `Retry-After` (RFC 9110
 * §10.2.3) asks.
 *
 * @param connect Makes one connection.
 * @param ended Tells of the connection that has just ended.
 */
export function reconnecting<T>(
  connect: () => Observable<T>,
  ended: () => ConnectionState,
  session: Session,
  config: ReconnectConfig,
): Observable<T> {
  const { count = Infinity, delay, statuses = STATUSES } = config;
  return defer(() => {
    let retryCount = 0;

    const mayPass = (cause: unknown): boolean =>
      isHttpStatusError(cause)
        ? typeof statuses === 'function'
          ? statuses(cause.status)
          : statuses.includes(cause.status)
        : cause === undefined || (isHttpStreamError(cause) && !isStreamOverflowError(cause));

    const again = (end: Observable<never>, cause?: unknown): Observable<unknown> => {
      const { mayReconnect, delivered, openedAt = Infinity, retry } = ended();
      if (delivered || asyncScheduler.now() - openedAt >= HEALTHY_AFTER) retryCount = 0;
      if (!mayReconnect || session.isOver || !mayPass(cause) || ++retryCount > count) return end;
      session.error = cause;
      const own = typeof delay === 'function' ? delay : undefined;
      const ms = delayOf(retryCount, retry, cause, config);
      session.report?.({
        type: 'reconnecting',
        error: cause,
        delay: own ? undefined : ms,
        attempt: session.attempt + 1,
      });
      return own ? concat(own(cause, retryCount, ms), end) : timer(ms, session.init.fetch?.scheduler);
    };

    return defer(connect).pipe(
      repeat({ delay: () => again(EMPTY) }),
      retry({
        delay: (cause: unknown) =>
          again(
            throwError(() => cause),
            cause,
          ),
      }),
    );
  });
}

function delayOf(
  retryCount: number,
  retry: number | undefined,
  cause: unknown,
  { maxDelay = 30_000, delay, jitter = 0.5 }: ReconnectConfig,
): number {
  const first = typeof delay === 'number' ? delay : Math.min(BASE_DELAY, maxDelay);
  const base = retry === undefined ? first : Math.min(Math.max(MIN_SERVER_DELAY, retry), maxDelay);
  const doubled = base * 2 ** Math.min(retryCount - 1, MAX_DOUBLINGS);
  const backedOff = Math.min(doubled, Math.max(base, maxDelay));
  const jittered = retryCount > 1 ? backedOff * (1 + Math.random() * jitter) : backedOff;
  const retryAfter = isHttpStatusError(cause) ? (cause.retryAfter ?? 0) : 0;
  return Math.min(Math.max(jittered, retryAfter), MAX_DELAY);
}
