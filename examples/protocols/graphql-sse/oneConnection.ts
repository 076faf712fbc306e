import { ReplaySubject, ignoreElements, map, share, startWith, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromChunkedFetch, fromEventSource } from 'rxjs-http-streams';
import type { Connected } from './connected';

/** Opens the connection with the first operation, and closes it with the last: only an operation has an end. */
export const oneConnection = (url: string): Observable<Connected> =>
  fromChunkedFetch(url, { method: 'PUT' }).pipe(
    switchMap((token) => {
      const headers = { 'content-type': 'application/json', 'x-graphql-event-stream-token': token };
      const send: Connected['send'] = (method, query, body = null) =>
        fromChunkedFetch(url + query, { method, headers, body }).pipe(ignoreElements());
      const message$ = fromEventSource(url, { headers, reconnect: false }).pipe(endOn(() => false));
      return message$.pipe(
        map(({ data }) => ({ send, ...(JSON.parse(data) as object) })),
        startWith({ send }),
      );
    }),
    share({ connector: () => new ReplaySubject<Connected>(1) }),
  );
