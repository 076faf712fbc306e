import { NEVER, exhaustMap, ignoreElements, materialize, take, throwError, using } from 'rxjs';
import type { Observable } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import { check, checkOptions } from '../options/rules';
import { DRAIN, aServer } from '../options/node';
import { aSource } from '../options/values';
import { drained } from './drained';
import type { NodeServer } from './nodeServer';
import { Traffic } from './traffic';

/** Options of {@link drainOn}. */
export interface DrainConfig {
  /**
   * Time over which event streams are cut, and which other responses have to end, in milliseconds. A supervisor that
   * kills the process after a time has to wait for longer.
   *
   * @defaultValue `3_000`
   */
  within?: number | undefined;
  /**
   * The `Retry-After` of requests that are refused, in seconds (RFC 9110 §10.2.3).
   *
   * @defaultValue `1`
   */
  retryAfter?: number | undefined;
}

/**
 * Closes a server for a deploy without a loss: each event stream goes on at the next process, and no client comes back
 * to this one. Any framework may serve, over HTTP/1.1, HTTP/2 or both, with TLS or without.
 *
 * ```
 * notifier:  ----n
 *            drainOn(server, notifier, { within: 5 })
 * streams:   a-b-(r)c-d✂        r: a random `retry:`
 * responses: x-y-z--|
 * result:    ------------|
 * ```
 *
 * Subscribing begins to track connections and responses, so subscribe before the server listens. At the first
 * notification
 *
 * - the server stops listening, closes idle connections, and sends a GOAWAY to sessions of HTTP/2 (RFC 9113 §6.8);
 * - requests that still come get a 503 with `Retry-After` and, on HTTP/1.1, `connection: close`, which responses get as
 *   well that have not begun;
 * - clients of event streams are told a `retry:` of 0.5 to 1.5 times what it was. Each of them is cut off at a random
 *   time within `within` milliseconds, and receives all messages until then. It is a cut and not an end:
 *   `fromEventSource` and `EventSource` reconnect, and `onEnd` is told `'aborted'`. Event streams in answer to other
 *   methods than GET, which no client repeats, are given all the time;
 * - all other responses may end, and are cut off as failures when the time is over. Event streams that are not of
 *   `toSseResponse` or `toSseBody`, or are not sent by `nodeHandler` or `sendResponse`, count as such;
 * - half a second later the connections that are left are destroyed.
 *
 * Completes when the server has closed; that is when the application ends its sources. Errors with what the notifier
 * errors with before its first value, and with what closing the server fails with, as when it does not listen. A
 * notifier that completes without a value has no effect, and this never completes. Later values have none either: a
 * second SIGTERM does not end the process. Unsubscribing stops tracking; in the course of it, what is closed remains
 * closed, the rest goes on, and the listeners of the server are put back.
 *
 * Throws a `TypeError` when an argument or an option is out of its bounds.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { Subject, fromEvent, interval, map, takeUntil } from 'rxjs';
 * import { resumable, toSseResponse } from 'rxjs-http-streams';
 * import { drainOn, nodeHandler } from 'rxjs-http-streams/node';
 *
 * const stopSubject = new Subject<void>();
 * const tick$ = interval(1_000).pipe(
 *   map((n) => ({ data: { n } })),
 *   takeUntil(stopSubject),
 * );
 * const feed = resumable(tick$);
 * const server = createServer(nodeHandler((request) => toSseResponse(feed, { request, retry: 1_000 })));
 *
 * drainOn(server, fromEvent(process, 'SIGTERM')).subscribe({ complete: () => stopSubject.next() });
 * server.listen(3000);
 * ```
 */
export function drainOn(
  server: NodeServer,
  notifier: StreamSource<unknown>,
  config: DrainConfig = {},
): Observable<never> {
  check('server', server, aServer);
  check('notifier', notifier, aSource);
  checkOptions('config', config, DRAIN);
  const { within = 3_000, retryAfter = 1 } = config;
  return using(
    () => new Traffic(server),
    (traffic) =>
      observed(notifier).pipe(
        materialize(),
        // It stays subscribed: without a listener the next SIGTERM would end the process.
        exhaustMap(({ kind, error }) =>
          kind === 'N'
            ? drained(server, traffic as Traffic, within, retryAfter)
            : kind === 'E'
              ? throwError(() => error as unknown)
              : NEVER,
        ),
        take(1),
        ignoreElements(),
      ),
  );
}
