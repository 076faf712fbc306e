import { concatMap, defer, from } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Settle } from '../flow/heldBack';
import type { NdjsonConfig } from '../operators/ndjsonConfig';
import { ndjsonStages } from '../operators/ndjsonStages';
import { checkOptions } from '../options/rules';
import { NDJSON } from '../options/operators';
import { deliver, projected } from './deliver';
import type { Each } from './deliver';
import { decodeBody } from './decodeBody';
import { fetchBody } from './fetchBody';
import type { LifecycleEvent, LifecycleInit } from './lifecycle';
import type { NoProject, ProjectInit, StreamInit, StreamInput } from './streamInit';

/** Options of {@link fromNdjsonFetch}. */
export interface NdjsonFetchInit<T, B = T> extends StreamInit, NdjsonConfig<T, B> {}

/**
 * Reads newline-delimited JSON over `fetch`, as a cold Observable: one value for each line, as it arrives.
 *
 * Subscribing sends the request; unsubscribing aborts it, in mid-body too. A response of any media type is read,
 * because servers use `application/x-ndjson`, `application/jsonl` and `application/json` alike.
 *
 * ```
 * server:  --{"a":1}↵--{"a":2}↵--|
 *          fromNdjsonFetch(url)
 * result:  --{a:1}-----{a:2}-----|
 * ```
 *
 * `toAsyncIterable`, `toNdjsonBody` and the other body makers **pull** a reader that is passed to them without an
 * operator in between: the next chunk is read only when the values of the chunk before have been consumed. Any other
 * subscriber receives the values as fast as they arrive, unless `project` slows the server down.
 *
 * **Completes** at the clean end of the body. It never sends a request twice, because the format has no position from
 * which to resume: compose `retry` if that is safe.
 *
 * **Errors**, after the values that have arrived:
 *
 * - `HttpStatusError`: the status is not 2xx;
 * - `StreamNetworkError`: the connection failed or broke;
 * - `StreamTimeoutError`: `connectTimeout` or `idleTimeout` has passed;
 * - `StreamTruncatedError`: the body ends cleanly within a value;
 * - `StreamParseError`: a line is not JSON, see `onBadLine` and `parse`;
 * - `StreamValidationError`: a value does not fit `schema`;
 * - `StreamLimitError`: a line is longer than `maxLineLength`;
 * - `StreamServerError`: the server reports a failure, see `terminal`;
 * - `StreamOverflowError`: more than 16 MiB of a body without back-pressure wait for `project`;
 * - a `TypeError`: the platform cannot make the request, or `fetch` gives no response with a body that can be streamed;
 * - the reason of an aborted `signal`, or an error of `fetch`, `request`, `project`, `schema` or an input function.
 *
 * Throws a `TypeError` at the call if an option is invalid.
 *
 * @see `toNdjsonBody` for the other direction.
 *
 * @example
 * ```ts
 * import { fromNdjsonFetch } from 'rxjs-http-streams';
 *
 * fromNdjsonFetch<{ id: number }>('https://example.com/rows.ndjson').subscribe({
 *   next: (row) => console.log(row.id),
 *   error: (error) => console.error('not all rows came', error),
 *   complete: () => console.log('all rows came'),
 * });
 * ```
 */
export function fromNdjsonFetch<T = unknown, R = unknown, B = T>(
  input: StreamInput,
  init: NdjsonFetchInit<T, B> & ProjectInit<T | B, R> & LifecycleInit,
): Observable<LifecycleEvent<R>>;
export function fromNdjsonFetch<T = unknown, R = unknown, B = T>(
  input: StreamInput,
  init: NdjsonFetchInit<T, B> & ProjectInit<T | B, R>,
): Observable<R>;
export function fromNdjsonFetch<T = unknown, B = T>(
  input: StreamInput,
  init: NdjsonFetchInit<T, B> & NoProject & LifecycleInit,
): Observable<LifecycleEvent<T | B>>;
export function fromNdjsonFetch<T = unknown, B = T>(
  input: StreamInput,
  init?: NdjsonFetchInit<T, B> & NoProject,
): Observable<T | B>;
export function fromNdjsonFetch<T, B>(
  input: StreamInput,
  init: NdjsonFetchInit<T, B> = {},
): Observable<unknown> {
  checkOptions('init', init, NDJSON);
  const { schema, parse, onBadLine, maxLineLength, terminal, ...rest } = init;
  const { decoder, settle } = ndjsonStages({ schema, parse, onBadLine, maxLineLength, terminal });
  return deliver(
    input,
    rest,
    (session) => decodeBody(session, decoder, (take) => fetchBody(session, { accept: ({ ok }) => ok }, take)),
    (project) => settledThenProjected(settle, project),
  );
}

/** Makes the function that parses and validates each row with `settle`, and then projects its values one at a time. */
function settledThenProjected<Row, V>(
  settle?: Settle<Row, V>,
  project?: Each<unknown>,
): Settle<Row, unknown> | undefined {
  if (!project || !settle) return settle ?? projected(project);
  let index = 0;
  const projection = (value: V): Observable<unknown> => from(project(value, index++));
  return (row) => {
    let value$: Observable<unknown> | undefined;
    const late = settle(row, 0, {
      next: (value) => {
        value$ = defer(() => projection(value));
      },
    });
    return late ? late.pipe(concatMap(projection)) : value$;
  };
}
