import type { Message, Row } from '@electric-sql/client';
import { defer, mergeMap, tap, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, parseJson, splitJson } from 'rxjs-http-streams';
import { nextQuery } from './nextQuery';

/** Reads one answer, and moves the query on behind it. An answer counts when it has come as a whole. */
export const fromPage = <T extends Row>(shape: string, query: URLSearchParams): Observable<Message<T>> =>
  defer(() => {
    const next = new URLSearchParams(query);
    return fromChunkedFetch(`${shape}&${query}`, {
      fetch: nextQuery(next, ['handle', 'offset', 'cursor']),
    }).pipe(
      splitJson({ elements: true }),
      parseJson<Message<T>>(),
      toArray(),
      tap(() => {
        next.forEach((value, name) => {
          query.set(name, value);
        });
      }),
      mergeMap((messages) => messages),
    );
  });
