import { from, map } from 'rxjs';
import { fromNdjsonFetch } from '../client/fromNdjsonFetch';
import type { StreamInit } from '../client/streamInit';
import type { NdjsonConfig } from '../operators/ndjsonConfig';
import { parseNdjson } from '../operators/parseNdjson';
import { NDJSON } from '../options/operators';
import { checkOptions } from '../options/rules';
import type { AllOptions } from './shownStates';
import type { StreamFormat } from './streamFormat';
import { streamResource } from './streamResource';
import type {
  NdjsonResourceRef,
  NotReduced,
  ReactiveRequest,
  ReducedBy,
  ResourceRequest,
  StreamResourceOptions,
  WithDefault,
} from './streamResourceRef';

/** A request of an `ndjsonResource`: its URL, and the options of every reader. */
export type NdjsonResourceRequest = ResourceRequest<StreamInit>;

/** Options of {@link ndjsonResource}: those of `parseNdjson`, and those of every resource. */
export interface NdjsonResourceOptions<T, B, A> extends NdjsonConfig<T, B>, StreamResourceOptions<A> {}

/**
 * Creates a resource whose value comes from newline-delimited JSON, in the manner of Angular's `httpResource`.
 *
 * Requests, values, errors and server-side rendering are as in {@link eventSourceResource}, except that nothing
 * reconnects: the format has no position from which to resume. `progress()` has the bytes so far.
 *
 * **The value** is the latest row, or what `reduce` makes of all rows. Its **errors** are those of `fromNdjsonFetch`,
 * and an error that `reduce` throws. `lastValue()` keeps the rows that have arrived before the error.
 *
 * Throws a `TypeError` at the call if an option is invalid, and an `Error` without `provideHttpStreams()`. An invalid
 * option of a request is the resource's error.
 *
 * @param request - Returns the URL, or the URL with options of every reader. `undefined` means that there is no
 *   request. It is a reactive function: it is called again when a signal that it reads changes.
 *
 * @example
 * ```ts
 * import { Component } from '@angular/core';
 * import { typed } from 'rxjs-http-streams';
 * import { ndjsonResource } from 'rxjs-http-streams/angular';
 *
 * @Component({ selector: 'app-rows', template: '{{ rows.value().length }} rows, {{ rows.progress()?.loaded }} bytes' })
 * export class Rows {
 *   readonly rows = ndjsonResource(() => '/api/rows', {
 *     schema: typed<{ id: number }>(),
 *     reduce: (rows, row) => [...rows, row],
 *     defaultValue: [] as { id: number }[],
 *   });
 * }
 * ```
 */
export function ndjsonResource<T = unknown, A = unknown, B = T>(
  request: ReactiveRequest<NdjsonResourceRequest>,
  options: NdjsonResourceOptions<T, B, A> & ReducedBy<T | B, A>,
): NdjsonResourceRef<A>;
export function ndjsonResource<T = unknown, D extends T | undefined = undefined, B = T>(
  request: ReactiveRequest<NdjsonResourceRequest>,
  options?: NdjsonResourceOptions<T, B, NoInfer<WithDefault<T | B, D>>> & NotReduced<D>,
): NdjsonResourceRef<WithDefault<T | B, D>>;
export function ndjsonResource(
  request: ReactiveRequest<NdjsonResourceRequest>,
  options: AllOptions<unknown, unknown> & NdjsonConfig<unknown> = {},
): NdjsonResourceRef<unknown> {
  checkOptions('options', options, NDJSON);
  return streamResource(request, options, ndjsonFormat(options));
}

/** The text of a row is handed over. The format has no position, so the browser begins anew. */
const ndjsonFormat = ({
  schema,
  parse,
  onBadLine,
  maxLineLength,
  terminal,
}: NdjsonConfig<unknown>): StreamFormat<NdjsonResourceRequest, unknown, unknown> => {
  const config = { schema, parse, onBadLine, maxLineLength };
  return {
    read: ({ url, ...init }, fetch, record) =>
      fromNdjsonFetch(url, {
        ...init,
        ...config,
        ...(record && { parse: recording(record, parse) }),
        terminal,
        fetch,
        observe: 'lifecycle',
      }),
    valuesOf: (received) =>
      from(received as readonly string[]).pipe(
        map((line) => `${line}\n`),
        parseNdjson(config),
      ),
    continuing: () => undefined,
  };
};

const recording =
  (record: (line: string) => void, parse: (text: string) => unknown = JSON.parse) =>
  (text: string): unknown => {
    const value = parse(text);
    record(text);
    return value;
  };
