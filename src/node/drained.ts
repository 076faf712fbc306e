import { Observable, concat, from, ignoreElements, merge, mergeMap, take, tap, timer } from 'rxjs';
import { cutOff } from './cutOff';
import type { NodeResponse } from './exchange';
import type { NodeServer } from './nodeServer';
import { refuseRequests } from './refuseRequests';
import { retire } from './retire';
import { sentBody } from './sentBody';
import type { Traffic } from './traffic';

/** Time that the last bytes of a response have to reach its client after the cut, in milliseconds. */
const GRACE = 500;

/** Stops listening. Emits once the last connection has closed. */
const closed = (server: NodeServer): Observable<true> =>
  new Observable((subscriber) => {
    server.close((error) => {
      if (error) subscriber.error(error);
      else subscriber.next(true);
    });
  });

/**
 * Closes a server: refuses new requests, and cuts off event streams at random times within `within` milliseconds and
 * other responses after that. Emits once when the server has closed, and completes.
 */
export function drained(
  server: NodeServer,
  traffic: Traffic,
  within: number,
  retryAfter: number,
): Observable<true> {
  return new Observable((subscriber) => {
    const reason = new Error('drainOn: the server is shutting down');
    const retired = new Set<NodeResponse>();

    /** Sends the new `retry:` once. Returns whether the response is an event stream of this library. */
    const retireOnce = (res: NodeResponse): boolean => {
      if (retired.has(res)) return true;
      const body = sentBody(res);
      const isSent = body && retire(body);
      if (isSent) retired.add(res);
      return isSent !== undefined;
    };

    const cut = (res: NodeResponse): void => {
      retireOnce(res);
      const body = sentBody(res);
      if (body) body.ends.cut('aborted', reason);
      else cutOff(res, false);
    };

    const steps$ = merge(
      from([...traffic.responses]).pipe(
        mergeMap((res) =>
          timer(Math.random() * within).pipe(
            tap(() => {
              // A client repeats only a GET, so the response to any other method gets time to end.
              if (retireOnce(res) && res.req.method === 'GET') cut(res);
            }),
          ),
        ),
      ),
      concat(
        timer(within).pipe(
          tap(() => {
            traffic.responses.forEach(cut);
          }),
        ),
        timer(GRACE).pipe(
          tap(() => {
            traffic.destroy();
          }),
        ),
      ),
    ).pipe(ignoreElements());

    subscriber.add(refuseRequests(server, traffic.track, retryAfter));
    const over$ = merge(closed(server), steps$).pipe(take(1));
    subscriber.add(over$.subscribe(subscriber));
    traffic.close();
    traffic.responses.forEach(retireOnce);
  });
}
