import { defer, map, merge, of, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { resumable, toSseResponse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import type { Handler } from '../../../serving/handler';
import type { Joined, Point } from '../wire';

/** Ten minutes of it, at ten a second. */
const HELD = 6_000;

/**
 * The memory that this process uses, at each beat: one feed for all
 * clients, each of which goes on after the last point it has seen.
 *
 * @param retry Reconnection time of the clients, in milliseconds.
 * @param closed$ Ends the feed, which else goes on for clients that
 *   may come back.
 */
export function memoryFeed(beat$: Observable<unknown>, retry: number, closed$: Observable<unknown>): Handler {
  let newest = 0;
  const point$ = beat$.pipe(
    map((): SseMessageInit => {
      const data: Point = {
        n: ++newest,
        at: Date.now(),
        megabytes: process.memoryUsage().heapUsed / 1e6,
      };
      return { type: 'point', data };
    }),
    takeUntil(closed$),
  );
  const feed = resumable(point$, { bufferSize: HELD, onGap: 'replay', resetOnRefCountZero: false });

  return (request) =>
    toSseResponse(
      (lastEventId) =>
        defer(() => {
          const data: Joined = { newest, at: Date.now() };
          return merge(of<SseMessageInit>({ type: 'joined', data }), feed(lastEventId));
        }),
      { request, retry },
    );
}
