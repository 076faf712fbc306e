import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { concat, concatMap, defer, finalize, from, fromEvent, map, of, take, takeUntil, tap } from 'rxjs';
import type { Observable, OperatorFunction } from 'rxjs';
import {
  formatNdjson,
  fromChunkedFetch,
  fromNdjsonFetch,
  parseJson,
  splitJson,
  toChunkedBody,
} from 'rxjs-http-streams';
import { agreed } from './agreed';
import type { Progress } from './agreed';
import { rowCount } from './station';
import type { Receipt } from './warehouse';

/** From where to where, and what becomes of the rows. */
export interface Transfer<In, Out> {
  /** Serves NDJSON. */
  from: string;
  /** Takes NDJSON. */
  to: string;
  /** File that gets the rows, too. Its name ends in `.partial` until it is complete. */
  file: string;
  /** Maps a row to its results. It is applied to each row by itself. */
  transform: OperatorFunction<In, Out>;
}

export const partialOf = (file: string): string => `${file}.partial`;

/**
 * Reads rows, transforms them, and writes the results to a server and to a file at the same time. The upload pulls the
 * rows, and a row waits for room in the file: the slowest of the three sets the pace, and memory stays flat for any
 * length.
 *
 * Emits its progress at once and after each step, always the same object, which is kept up to date. Completes when the
 * target has confirmed each row and the file has its name. Errors with the first failure, a count that disagrees
 * included. Unsubscribing aborts both requests; the partial file keeps the rows that were written.
 */
export function transfer<In, Out>({
  from: source,
  to,
  file,
  transform,
}: Transfer<In, Out>): Observable<Progress> {
  return defer(() => {
    const progress: Progress = { total: undefined, read: 0, written: 0, isSent: false, stored: undefined };
    const partial = createWriteStream(partialOf(file));
    const written = (line: string): string[] | Observable<string> => {
      progress.written++;
      return partial.write(line) ? [line] : fromEvent(partial, 'drain', () => line).pipe(take(1));
    };
    // Operators stand in `project`: behind the reader they would push, and the upload could not pull it.
    const line$ = fromNdjsonFetch<In, string>(source, {
      fetch: (input, init) =>
        from(fetch(input, init)).pipe(tap(({ headers }) => (progress.total = rowCount(headers)))),
      project: (row) => {
        progress.read++;
        return of(row).pipe(transform, formatNdjson(), concatMap(written));
      },
    });
    const receipt$ = fromChunkedFetch(to, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: toChunkedBody(line$, { onEnd: ({ outcome }) => (progress.isSent = outcome === 'completed') }),
    }).pipe(splitJson(), parseJson<Receipt>());
    const failed$ = fromEvent(partial, 'error').pipe(
      map((error) => {
        throw error;
      }),
    );

    return concat(
      of(progress),
      receipt$.pipe(tap(({ rows }) => (progress.stored = rows))),
      defer(() => finished(partial.end())),
      defer(() => {
        agreed(progress);
        return rename(partialOf(file), file);
      }),
    ).pipe(
      map(() => progress),
      finalize(() => partial.end()),
      takeUntil(failed$),
    );
  });
}
