import { Observable, concat, from, ignoreElements, merge, mergeMap, take, tap, timer } from 'rxjs';
import { cutOff } from './cutOff';
import type { NodeResponse } from './exchange';
import type { NodeServer } from './nodeServer';
import { refuseRequests } from './refuseRequests';
import { retire } from './retire';
import { sentBody } from './sentBody';
import type { Traffic } from './traffic';

/** Time that a response which was cut has to reach its client, in milliseconds. */
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
 * Closes a server: new requests are refused, event streams are cut at random times, other responses after `within`
 * milliseconds. Emits once, when the server has closed, and completes.
 */
export function drained(
  server: NodeServer,
  traffic: Traffic,
  within: number,
  retryAfter: number,
): Observable<true> {
  return new Observable((subscriber) => {
    const reason = new Error('drainOn: the server is shutting down');
    const told = new Set<NodeResponse>();

    /** Says whether the client reads an event stream of this library. */
    const tell = (res: NodeResponse): boolean => {
      if (told.has(res)) return true;
      const body = sentBody(res);
      const isTold = body && retire(body);
      if (isTold) told.add(res);
      return isTold !== undefined;
    };

    const cut = (res: NodeResponse): void => {
      tell(res);
      const body = sentBody(res);
      if (body) body.ends.cut('aborted', reason);
      else cutOff(res, false);
    };

    const steps$ = merge(
      from([...traffic.responses]).pipe(
        mergeMap((res) =>
          timer(Math.random() * within).pipe(
            tap(() => {
              // Only a GET is sent again by its client: what answers another method is given time to end.
              if (tell(res) && res.req.method === 'GET') cut(res);
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
    traffic.responses.forEach(tell);
  });
}
