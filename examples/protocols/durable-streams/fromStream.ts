import { defer, filter, map, mergeMap, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';
import type { EventSourceFetchInit } from 'rxjs-http-streams';
import type { Control } from './control';

/** Reads a stream of JSON behind an offset until it is closed. A batch counts when its offset has come. */
export const fromStream = <T>(url: string, from = '-1', init?: EventSourceFetchInit): Observable<T> =>
  defer(() => {
    let offset = from;
    let batch: T[] = [];
    return fromEventSource(() => [((batch = []), `${url}?offset=${offset}&live=sse`)], init).pipe(
      map(({ type, data }) => ({ type, value: JSON.parse(data) as T[] & Control })),
      tap(({ type, value }) =>
        type === 'control' ? (offset = value.streamNextOffset) : batch.push(...value),
      ),
      filter(({ type }) => type === 'control'),
      endOn(({ value }) => value.streamClosed === true, { inclusive: true }),
      mergeMap(() => batch.splice(0)),
    );
  });
