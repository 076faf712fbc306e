import { Observable } from 'rxjs';
import type { SseMessageInit } from '../protocol/sseMessage';
import { FeedCursor } from './feedCursor';
import type { FeedRules } from './place';
import { Place } from './place';
import { withCursor } from './cursor';
import type { SharedTail } from './sharedTail';

/** What one client gets of a feed: an Observable for operators, and a cursor for a body. */
export function feedClient<T extends SseMessageInit>(
  shared: SharedTail<T>,
  rules: FeedRules<T>,
  lastEventId: string | undefined,
): Observable<T> {
  // Hand-written: the messages come out of the place, which knows how to wait.
  const message$ = new Observable<T>((subscriber) => {
    const drain = (): void => {
      while (!subscriber.closed && place.find()) {
        for (const message of place.takeMessages()) subscriber.next(message);
      }
      const { end } = place;
      if (end?.failed) subscriber.error(end.error);
      else if (end) subscriber.complete();
    };
    const place = new Place(rules, lastEventId, { wake: drain });
    subscriber.add(() => {
      place.close();
    });
    place.open(shared);
    drain();
  });
  return withCursor(message$, (waker) => {
    const cursor = new FeedCursor(rules, lastEventId, waker);
    cursor.open(shared);
    return cursor;
  });
}
