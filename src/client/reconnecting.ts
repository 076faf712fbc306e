import { EMPTY, asyncScheduler, concat, defer, retry, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { isHttpStatusError, isHttpStreamError, isStreamOverflowError } from '../errors';
import { MAX_DELAY } from '../protocol/limits';
import type { ConnectionState } from './eventConnection';
import { locate } from './locate';
import type { ReconnectConfig } from './reconnectConfig';
import type { Session } from './session';

const BASE_DELAY = 3_000;
const MIN_SERVER_DELAY = 100;
/** Time after which an open connection counts as healthy even without a message, in milliseconds. */
const HEALTHY_AFTER = 5_000;
/** Statuses of RFC 9110 and RFC 6585, and those with which proxies report an overloaded or unreachable server. */
const STATUSES = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529, 530];
/** Number of doublings that makes 1 ms longer than any timer can wait. */
const MAX_DOUBLINGS = 31;

/**
 * Error of a connection that has ended cleanly. With it, `retry` reconnects after an end as after a failure: `repeat`
 * would be a second operator in the memory of each idle stream.
 */
export const CLEAN_END = /* @__PURE__ */ new Error('The connection has ended');

/**
 * Reconnects after failures that may be temporary and after clean ends (WHATWG HTML §9.2.3).
 *
 * After a healthy connection the delay is exactly the base. From the second consecutive failure on it doubles. It is
 * never shorter than `Retry-After` (RFC 9110 §10.2.3). From the second failure on, `jitter` lengthens it at random, so
 * that clients do not all reconnect at the same time.
 *
 * @param connect - Makes one connection. It errors with `CLEAN_END` at a clean end.
 * @param ended - Returns the state of the connection that has just ended.
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

    const isTemporary = (cause: unknown): boolean =>
      isHttpStatusError(cause)
        ? typeof statuses === 'function'
          ? statuses(cause.status)
          : statuses.includes(cause.status)
        : cause === undefined || (isHttpStreamError(cause) && !isStreamOverflowError(cause));

    /** Emits when it is time to reconnect. If the stream must not reconnect, `end` completes it or errors instead. */
    const whenToReconnect = (end: Observable<never>, cause?: unknown): Observable<unknown> => {
      const { mayReconnect, delivered, openedAt = Infinity, retry } = ended();
      if (delivered || asyncScheduler.now() - openedAt >= HEALTHY_AFTER) retryCount = 0;
      if (!mayReconnect || session.isOver || !isTemporary(cause) || ++retryCount > count) return end;
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
      retry({
        delay: (cause: unknown) => {
          if (cause === CLEAN_END) return whenToReconnect(EMPTY);
          locate(session)(cause);
          return whenToReconnect(
            throwError(() => cause),
            cause,
          );
        },
      }),
    );
  });
}

/** Computes a delay in milliseconds from the base, back-off, jitter and `Retry-After`. */
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
  const retryAfter = isHttpStatusError(cause) ? (cause.retryAfter ?? 0) : 0;
  const least = Math.max(backedOff, retryAfter);
  // A server in trouble sends all of its clients the same `Retry-After`, and must not get all of them back at once.
  const jittered = retryCount > 1 ? least * (1 + Math.random() * jitter) : least;
  return Math.min(jittered, MAX_DELAY);
}
