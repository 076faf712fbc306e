import type { Message, Row } from '@electric-sql/client';
import { defer, filter, map, tap } from 'rxjs';
import type { Observable } from 'rxjs';

/** Gives the rows of a shape by their keys, each time its log is up to date. */
export const rowsOf = <T extends Row>(message$: Observable<Message<T>>) =>
  defer((): Observable<ReadonlyMap<string, T>> => {
    const rows = new Map<string, T>();
    return message$.pipe(
      tap((message) => {
        if (message.headers.control === 'must-refetch') rows.clear();
        if (!('key' in message)) return;
        if (message.headers.operation === 'delete') rows.delete(message.key);
        else rows.set(message.key, { ...rows.get(message.key), ...message.value });
      }),
      filter(({ headers }) => headers.control === 'up-to-date'),
      map(() => new Map(rows)),
    );
  });
