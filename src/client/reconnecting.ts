import { EMPTY, asyncScheduler, concat, defer, repeat, retry, throwError, timer } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { isHttpStatusError, isHttpStreamError } from '../errors';
import { MAX_DELAY } from '../protocol/limits';
import type { Session } from './session';

/** When and how often a stream of events is connected anew. */
export interface ReconnectConfig {
  /** How many requests in a row may follow on failures, none of them a healthy connection. `Infinity` if omitted. */
  count?: number | undefined;
  /**
   * How long to wait. A number, in milliseconds, takes the place of the 3 s that hold until the server sends a
   * `retry:`. A function replaces all that is said here of delays, as in `retry`: it is given what ended the
   * connection (`undefined` after a clean end) and how many in a row, counted from 1; the first value of what it
   * returns reconnects, an error of it is the stream's, and when it completes without a value the stream ends
   * as it did.
   */
  delay?: number | ((error: unknown, retryCount: number) => ObservableInput<unknown>) | undefined;
  /** The longest delay that `retry:` or doubling leads to, in milliseconds. 30 000 if omitted. */
  maxDelay?: number | undefined;
  /** The statuses that are worth another try. 408, 425, 429, 500, 502, 503 and 504 if omitted; none in WHATWG HTML. */
  statuses?: readonly number[] | undefined;
}

/** What the loop has to know of the connection that has just ended. */
export interface Connection {
  /** Whether another request may be sent at all: the server has not said stop, and sending it again is safe. */
  readonly mayReconnect: boolean;
  /** Whether a message came. */
  readonly delivered: boolean;
  /** When the response came, by the clock of `asyncScheduler`; unset if none did. */
  readonly openedAt: number | undefined;
  /** The server's reconnection time, in milliseconds. */
  readonly retry: number | undefined;
}

const BASE_DELAY = 3_000;
const MIN_SERVER_DELAY = 100;
/** How long a connection without a message has to have been open to count as healthy, in milliseconds. */
const HEALTHY_AFTER = 5_000;
const STATUSES = [408, 425, 429, 500, 502, 503, 504];

/**
 * Connects again and again, after failures that may pass and after clean ends (WHATWG HTML §9.2.3).
 *
 * After a healthy connection the delay is exactly the base; from the second failure in a row on it doubles,
 * with up to half as much again at random, so that clients do not come back in step. Never sooner than
 * `Retry-After` (RFC 9110 §10.2.3) asks.
 *
 * @param connect Makes one connection.
 * @param ended Tells of the connection that has just ended.
 */
export function reconnecting<T>(
  connect: () => Observable<T>,
  ended: () => Connection,
  session: Session,
  config: ReconnectConfig,
): Observable<T> {
  const { count = Infinity, delay, statuses = STATUSES } = config;
  return defer(() => {
    let retryCount = 0;

    const mayPass = (cause: unknown): boolean =>
      isHttpStatusError(cause)
        ? statuses.includes(cause.status)
        : cause === undefined || isHttpStreamError(cause);

    const again = (end: Observable<never>, cause?: unknown): Observable<unknown> => {
      const { mayReconnect, delivered, openedAt = Infinity, retry } = ended();
      if (delivered || asyncScheduler.now() - openedAt >= HEALTHY_AFTER) retryCount = 0;
      if (!mayReconnect || !mayPass(cause) || ++retryCount > count) return end;
      session.error = cause;
      const own = typeof delay === 'function' ? delay : undefined;
      const ms = own ? undefined : delayOf(retryCount, retry, cause, config);
      session.report?.({ type: 'reconnecting', error: cause, delay: ms, attempt: session.attempt + 1 });
      return own ? concat(own(cause, retryCount), end) : timer(ms ?? 0, session.init.fetch?.scheduler);
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
  { maxDelay = 30_000, delay = Math.min(BASE_DELAY, maxDelay) }: ReconnectConfig,
): number {
  const base =
    retry === undefined ? (delay as number) : Math.min(Math.max(MIN_SERVER_DELAY, retry), maxDelay);
  const backedOff = Math.min(base * 2 ** (retryCount - 1), Math.max(base, maxDelay));
  const jittered = retryCount > 1 ? backedOff * (1 + Math.random() / 2) : backedOff;
  const retryAfter = isHttpStatusError(cause) ? (cause.retryAfter ?? 0) : 0;
  return Math.min(Math.max(jittered, retryAfter), MAX_DELAY);
}
