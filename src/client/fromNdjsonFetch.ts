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
import type {
  LifecycleEvent,
  LifecycleInit,
  NoProject,
  ProjectInit,
  StreamInit,
  StreamInput,
} from './streamInit';

/** Options of {@link fromNdjsonFetch}. */
export interface NdjsonFetchInit<T, B = T> extends StreamInit, NdjsonConfig<T, B> {}

/**
 * Newline-delimited JSON over `fetch`, as a cold Observable: one value a line, as it arrives.
 *
 * Subscribing sends the request; unsubscribing aborts it, in mid-body too. The media type is not looked at:
 * servers send `application/x-ndjson`, `application/jsonl` and `application/json` alike.
 *
 * ```
 * server:  --{"a":1}↵--{"a":2}↵--|
 *          fromNdjsonFetch(url)
 * result:  --{a:1}-----{a:2}-----|
 * ```
 *
 * `toAsyncIterable`, `toNdjsonBody` and the other bodies **pull** a reader that is passed to them as it is: the next chunk
 * is read when what came of the one before has been taken. Any other subscriber gets values as fast as they come; `project`
 * holds the server back for it.
 *
 * **Completes** at the clean end of the body. There is nothing to resume from, so it never sends a request
 * twice; compose `retry` where that is right.
 *
 * **Errors**, with the values before it delivered:
 *
 * - `HttpStatusError`: the status is not 2xx;
 * - `StreamNetworkError`: the connection failed or broke;
 * - `StreamTimeoutError`: `connectTimeout` or `idleTimeout` has passed;
 * - `StreamTruncatedError`: the body ends cleanly within a value;
 * - `StreamParseError`: a line is not JSON, see `onBadLine` and `parse`;
 * - `StreamValidationError`: a value does not fit `schema`;
 * - `StreamLimitError`: a line is longer than `maxLineLength`;
 * - `StreamServerError`: the server said so, see `terminal`;
 * - `StreamOverflowError`: 16 MiB of a body that cannot be held back wait for `project`;
 * - a `TypeError`: the platform cannot make the request, or `fetch` gives no response whose body can be streamed;
 * - the reason of an aborted `signal`, or what `fetch`, `request`, `project`, `schema` or an input function errors with.
 *
 * Throws a `TypeError` when an option is out of its bounds.
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

/** A row is settled, then its values are projected, one at a time. */
function settledThenProjected<Row, V>(
  settle?: Settle<Row, V>,
  project?: Each<unknown>,
): Settle<Row, unknown> | undefined {
  if (!project || !settle) return settle ?? projected(project);
  let index = 0;
  const each = (value: V): Observable<unknown> => from(project(value, index++));
  return (row) => {
    let value$: Observable<unknown> | undefined;
    const late = settle(row, 0, {
      next: (value) => {
        value$ = defer(() => each(value));
      },
    });
    return late ? late.pipe(concatMap(each)) : value$;
  };
}
