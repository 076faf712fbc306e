import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromNdjsonFetch, toNdjsonBody } from 'rxjs-http-streams';

/** The answer of Elasticsearch to a bulk request: an item for each document, in the order of the documents. */
interface BulkAnswer {
  readonly items: readonly { readonly index: { readonly status: number; readonly error?: unknown } }[];
}

/** A row and what has become of it. `error` is unset where the document is stored. */
export interface Stored<Row> {
  readonly row: Row;
  readonly status: number;
  readonly error: unknown;
}

/** Stores rows in an index by one bulk request. A row that is refused does not fail the others. */
export const bulk =
  <Row>(node: string, index: string) =>
  (rows: readonly Row[]): Observable<readonly Stored<Row>[]> =>
    fromNdjsonFetch<BulkAnswer>(`${node}/_bulk`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      request: () => ({ body: toNdjsonBody(rows.flatMap((row) => [{ index: { _index: index } }, row])) }),
    }).pipe(
      map(({ items }) => {
        if (items.length !== rows.length) throw new Error(`${rows.length} rows, ${items.length} results`);
        return rows.map((row, n) => ({ row, error: undefined, ...items[n]!.index }));
      }),
    );
