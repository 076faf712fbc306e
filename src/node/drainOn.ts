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
   * Time over which event streams are cut off, and within which other responses have to end, in milliseconds. A
   * supervisor that kills the process after a time-out needs a longer one.
   *
   * @defaultValue `3_000`
   */
  within?: number | undefined;
  /**
   * The `Retry-After` of the responses to requests that are refused, in seconds (RFC 9110 §10.2.3).
   *
   * @defaultValue `1`
   */
  retryAfter?: number | undefined;
}

/**
 * Closes a server for a deploy without losing messages: each client of an event stream reconnects to the next process,
 * and none to this one. It works with any framework, over HTTP/1.1, HTTP/2 or both, with TLS or without.
 *
 * ```
 * notifier:  ----n
 *            drainOn(server, notifier, { within: 5 })
 * streams:   a-b-(r)c-d✂        r: a random `retry:`
 * responses: x-y-z--|
 * result:    ------------|
 * ```
 *
 * Subscribing begins to track connections and responses, so subscribe before the server listens. At the first value of
 * the notifier
 *
 * - the server stops listening, closes idle connections, and sends a GOAWAY to sessions of HTTP/2 (RFC 9113 §6.8);
 * - a request that still arrives gets a 503 with `Retry-After`. On HTTP/1.1 that response, and every other one whose
 *   head was not sent yet, has `connection: close`;
 * - each client of an event stream receives a `retry:` of 0.5 to 1.5 times the previous one. It is cut off at a random
 *   time within `within` milliseconds, and receives all messages until then. The client sees a cut connection and not
 *   an end, so `fromEventSource` and `EventSource` reconnect, and `onEnd` receives `'aborted'`. An event stream that
 *   answers another method than GET, which clients do not repeat, may go on until the time is over;
 * - all other responses may end by themselves, and are cut off as failures when the time is over. These include event
 *   streams that were not made by `toSseResponse` or `toSseBody`, or not sent by `nodeHandler` or `sendResponse`;
 * - half a second later the server destroys the remaining connections.
 *
 * Completes when the server has closed, so the application can end its sources then. A notifier that completes without
 * a value has no effect, and the result never completes. Later values of the notifier have no effect, either: a second
 * SIGTERM does not end the process. Errors
 *
 * - with the error of the notifier, before its first value;
 * - with the error of `server.close()`, for example when the server does not listen.
 *
 * Unsubscribing stops tracking, and puts back the listeners of the server. Connections that are closed by then remain
 * closed, and the others go on.
 *
 * Throws a `TypeError` when an argument or an option is invalid.
 *
 * @param server - The server to close.
 * @param notifier - Starts closing with its first value.
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
        // `exhaustMap` stays subscribed to the notifier: without a listener, the next SIGTERM would end the process.
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
