import { concat, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';

/** Answers a subscription with a source of `resumable`. tRPC parses each value, so that a string needs its quotes. */
export const serveSubscription = (
  feed: (lastEventId?: string) => Observable<SseMessageInit>,
  request: Request,
): Response =>
  toSseResponse(
    (lastEventId): Observable<SseMessageInit> => {
      const value$ = feed(lastEventId).pipe(map(({ id, data }) => ({ id, data: JSON.stringify(data) })));
      return concat(of({ type: 'connected', data: {} }), value$, of({ type: 'return' }));
    },
    { request },
  );
