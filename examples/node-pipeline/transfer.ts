import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import type { Writable } from 'node:stream';
import {
  EMPTY,
  concat,
  connect,
  defer,
  filter,
  finalize,
  forkJoin,
  fromEvent,
  ignoreElements,
  map,
  merge,
  mergeMap,
  pipe,
  take,
  takeUntil,
  tap,
} from 'rxjs';
import type { Observable, ObservableInput, OperatorFunction } from 'rxjs';
import { encodeText, formatNdjson, fromNdjsonFetch, toNdjsonBody } from 'rxjs-http-streams';
import type { LifecycleEvent, NdjsonFetchInit } from 'rxjs-http-streams';
import { agreed } from './agreed';
import { ROW_COUNT } from './station';
import type { Receipt } from './warehouse';

/** From where to where, and what becomes of the rows. */
export interface Transfer<In, Out> {
  /** Serves NDJSON. */
  from: string;
  /** Takes NDJSON. */
  to: string;
  /** File that gets the rows, too. Its name ends in `.partial` until it is complete. */
  file: string;
  transform: OperatorFunction<In, Out>;
}

/** Progress of a transfer. */
export interface Progress {
  /** Rows to come, where the source says. */
  total: number | undefined;
  /** Bytes, decompressed. */
  loaded: number;
  read: number;
  written: number;
  /** Number of rows that the target reports at the end. */
  stored: number | undefined;
}

/** Size of the buffers before the file and before the server, in bytes. */
const CHUNK = 64 * 1024;

export const partialOf = (file: string): string => `${file}.partial`;

/**
 * Reads rows, transforms them, and writes the results to a file and to a server at the same time. A row passes when
 * both have room, and the next chunk is read when all rows of the chunk before have passed: the slowest of the three
 * sets the pace, and memory stays flat for any length.
 *
 * Emits its progress at each chunk, always the same object. Completes when the target has confirmed each row and the
 * file has its name. Errors with the first failure, a count that disagrees included. Unsubscribing aborts both
 * requests; the partial file keeps the rows that were written.
 */
export function transfer<In, Out>({ from, to, file, transform }: Transfer<In, Out>): Observable<Progress> {
  return defer(() => {
    const progress: Progress = { total: undefined, loaded: 0, read: 0, written: 0, stored: undefined };
    const upload = new PassThrough({ highWaterMark: CHUNK });
    const partial = createWriteStream(partialOf(file), { highWaterMark: CHUNK });
    const sinks = [upload, partial];

    const written = pipe(
      tap<In>(() => {
        progress.read++;
      }),
      transform,
      // Once for both.
      formatNdjson(),
      encodeText(),
      tap({
        next: (line) => {
          progress.written++;
          for (const sink of sinks) sink.write(line);
        },
        complete: () => {
          for (const sink of sinks) sink.end();
        },
      }),
      ignoreElements(),
    );
    const read$ = fromNdjsonFetch<In, In>(from, { project: whenRoom(sinks), observe: 'lifecycle' }).pipe(
      connect((event$) =>
        merge(
          event$.pipe(
            tap(noteIn(progress)),
            filter(({ type }) => type === 'progress'),
          ),
          event$.pipe(
            mergeMap((event) => (event.type === 'value' ? [event.value] : EMPTY)),
            written,
          ),
        ),
      ),
    );
    const stored$ = fromNdjsonFetch<Receipt>(to, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: toNdjsonBody<Uint8Array>(upload),
      duplex: 'half',
      // Else `fetch` keeps a copy of all that it sends: whoever follows redirects may have to send it again.
      redirect: 'error',
      window: null,
    } as NdjsonFetchInit<Receipt>).pipe(
      tap({
        next: ({ rows }) => {
          progress.stored = rows;
        },
        complete: () => {
          // Else all the rest would be sent to a target that does not listen.
          if (!upload.readableEnded) throw new Error('The target answered before it had everything');
        },
      }),
    );
    const saved$ = fromEvent(partial, 'finish').pipe(take(1));
    const failed$ = merge(...sinks.map((sink) => fromEvent(sink, 'error'))).pipe(
      map((error): never => {
        throw error;
      }),
    );

    return concat(
      merge(read$, stored$, saved$).pipe(takeUntil(failed$)),
      defer(() => {
        agreed(progress);
        return rename(partialOf(file), file);
      }),
    ).pipe(
      map(() => progress),
      finalize(() => {
        upload.destroy();
        partial.end();
      }),
    );
  });
}

const noteIn =
  (progress: Progress) =>
  (event: LifecycleEvent<unknown>): void => {
    if (event.type === 'open') {
      const announced = event.response.headers.get(ROW_COUNT);
      progress.total = announced === null ? undefined : Number(announced);
    } else if (event.type === 'progress') {
      progress.loaded = event.loaded;
    }
  };

/** Gives a value back once all of these take more. */
const whenRoom =
  (sinks: readonly Writable[]) =>
  <T>(value: T): ObservableInput<T> => {
    const full = sinks.filter(({ writableNeedDrain }) => writableNeedDrain);
    return full.length === 0
      ? [value]
      : forkJoin(full.map((sink) => fromEvent(sink, 'drain').pipe(take(1)))).pipe(map(() => value));
  };
