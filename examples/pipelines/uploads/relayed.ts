import { EMPTY, concat, defer, map, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromNdjsonFetch, toNdjsonBody } from 'rxjs-http-streams';

/** The answer for one line, as a loading service gives it. The first line has the index 0. */
export interface LineResult {
  readonly index: number;
  readonly errors?: readonly { readonly reason: string; readonly message: string }[];
}

/** A row and the errors that the target found in it: none if it is loaded. */
export interface Loaded<Row> {
  readonly row: Row | undefined;
  readonly errors: LineResult['errors'];
}

/** Relays rows in flat memory, and emits each row with its result while later rows are still being sent. */
export const relayed = <Row>(source: string, target: string): Observable<Loaded<Row>> =>
  defer(() => {
    const sent = new Map<number, Row>();
    const row$ = fromNdjsonFetch<Row, Row>(source, {
      project: (row, index) => {
        sent.set(index, row);
        return [row];
      },
    });
    const result$ = fromNdjsonFetch<LineResult>(target, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: toNdjsonBody(row$),
    });
    const loaded$ = result$.pipe(
      map(({ index, errors = [] }) => {
        const row = sent.get(index);
        sent.delete(index);
        return { row, errors };
      }),
    );
    const rest$ = defer(() =>
      sent.size === 0 ? EMPTY : throwError(() => new Error(`${sent.size} rows have no result`)),
    );
    return concat(loaded$, rest$);
  });
