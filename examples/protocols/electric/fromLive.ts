import type { Message, Row } from '@electric-sql/client';
import { map, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { nextQuery } from './nextQuery';

/** Reads the changes by Server-Sent Events, and moves the query on behind each one. */
export const fromLive = <T extends Row>(shape: string, query: URLSearchParams): Observable<Message<T>> =>
  fromEventSource(`${shape}&${query}&live_sse=true`, {
    fetch: nextQuery(query, ['handle', 'cursor']),
    reconnect: false,
  }).pipe(
    map(({ data }) => JSON.parse(data) as Message<T>),
    tap(({ headers: { lsn, op_position } }) => {
      if (lsn) query.set('offset', `${lsn as string}_${op_position as number}`);
    }),
  );
