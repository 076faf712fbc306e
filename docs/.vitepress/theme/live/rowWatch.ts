import { concatMap, map, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromNdjsonFetch, toNdjsonResponse } from 'rxjs-http-streams';
import { pageNetwork } from './pageNetwork';

/** A row of the table that the server sends. */
interface Row {
  readonly n: number;
}

/** Options of {@link rowWatch}. */
export interface RowWatchConfig {
  /** Whether the slow work is in `project`, or in an operator behind the reader. */
  readonly inProject: () => boolean;
  /** The duration of the work for one row, in milliseconds. */
  readonly workTime: () => number;
  /** Is told each row when the server makes it. */
  readonly made: () => void;
}

/** The server stops here, so that a page that is left open does not fill its memory. */
const ROWS = 2_000;
const MAKE_TIME = 5;

/** Reads a table in the page, as a consumer that needs `workTime` for each row. Emits the rows that are done. */
export function rowWatch({ inProject, workTime, made }: RowWatchConfig): Observable<Row> {
  async function* rows(): AsyncGenerator<Row> {
    for (let n = 1; n <= ROWS; n++) {
      await new Promise((resolve) => {
        setTimeout(resolve, MAKE_TIME);
      });
      made();
      yield { n };
    }
  }
  const { fetch } = pageNetwork((request) => toNdjsonResponse(rows(), { request }));
  const work = (row: Row): Observable<Row> => timer(workTime()).pipe(map(() => row));
  return inProject()
    ? fromNdjsonFetch('/rows', { fetch, project: work })
    : fromNdjsonFetch<Row>('/rows', { fetch }).pipe(concatMap(work));
}
