import { asapScheduler, defer, finalize, map, share, subscribeOn } from 'rxjs';
import type { Observable } from 'rxjs';

/**
 * Makes a `project` that sends rows together and gives each row its own result. A batch is the rows of one chunk, and
 * never more than `concurrent` allows. The reader waits for the results before it reads the next chunk.
 *
 * @param send - Emits the results of all rows, in the order of the rows.
 */
export function inBatches<Row, Result>(
  send: (rows: readonly Row[]) => Observable<readonly Result[]>,
): (row: Row) => Observable<Result> {
  let rows: Row[] = [];
  let result$: Observable<readonly Result[]>;
  const gather = (batch: Row[]): Observable<readonly Result[]> => {
    rows = batch;
    const close = (): void => {
      if (rows === batch) rows = [];
    };
    return defer(() => {
      close();
      return send(batch);
    }).pipe(subscribeOn(asapScheduler), finalize(close), share());
  };
  return (row) =>
    defer(() => {
      if (rows.length === 0) result$ = gather([]);
      const at = rows.push(row) - 1;
      return result$.pipe(map((results) => results[at]!));
    });
}
