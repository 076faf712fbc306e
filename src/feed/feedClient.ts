import { Observable } from 'rxjs';
import type { SseMessageInit } from '../protocol/sseMessage';
import { withCursor } from './cursor';
import { FeedCursor } from './feedCursor';
import { FeedReader } from './feedReader';
import type { FeedRules } from './feedRules';
import type { SharedTail } from './sharedTail';

/** Returns a feed for one client: an Observable for operators, marked with the cursor that a body uses instead. */
export function feedClient<T extends SseMessageInit>(
  shared: SharedTail<T>,
  rules: FeedRules<T>,
  lastEventId: string | undefined,
): Observable<T> {
  // Hand-written: the reader wakes this code, which then emits everything that is available.
  const message$ = new Observable<T>((subscriber) => {
    const drain = (): void => {
      while (!subscriber.closed && reader.find()) {
        for (const message of reader.takeMessages()) subscriber.next(message);
      }
      const { end } = reader;
      if (end?.failed) subscriber.error(end.error);
      else if (end) subscriber.complete();
    };
    const reader = new FeedReader(rules, lastEventId, { wake: drain });
    subscriber.add(() => {
      reader.close();
    });
    reader.open(shared);
    drain();
  });
  return withCursor(message$, (waker) => {
    const cursor = new FeedCursor(rules, lastEventId, waker);
    cursor.open(shared);
    return cursor;
  });
}
