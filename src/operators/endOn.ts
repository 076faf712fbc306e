import { EMPTY, concat, defer, takeWhile, throwError } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { StreamTruncatedError } from '../errors';
import { check, checkOptions } from '../options/rules';
import { END_ON, aMarker } from '../options/operators';

/** Options of {@link endOn}. */
export interface EndOnConfig {
  /**
   * Whether the marker is emitted before the stream completes, as in `takeWhile`. Set it for markers that carry data.
   *
   * @defaultValue `false`
   */
  inclusive?: boolean | undefined;
}

/**
 * Completes at the value that marks the end of the stream, and errors if the source completes without it.
 *
 * The marker is a text that is compared with the value or with its `data`, such as `'[DONE]'` for chat completions, or
 * a predicate. The marker itself is emitted only with `inclusive`. The operator unsubscribes from the source at the
 * marker, without waiting for the source to complete.
 *
 * ```
 * source: --a--b--[DONE]--        --a--b--|
 *         endOn('[DONE]')         endOn('[DONE]')
 * result: --a--b--|               --a--b--#
 *
 * source: --a--b--z--c--
 *         endOn((value) => value === 'z', { inclusive: true })
 * result: --a--b--(z|)
 * ```
 *
 * Completes at the marker. Errors
 *
 * - with the source;
 * - with `StreamTruncatedError` if the source completes before the marker;
 * - with the error that the predicate throws.
 *
 * Throws a `TypeError` when an option is out of its bounds.
 *
 * @example
 * A marker that only ends the stream:
 * ```ts
 * import { endOn, fromEventSource } from 'rxjs-http-streams';
 *
 * fromEventSource('/v1/chat/completions', { method: 'POST', body: '{"stream":true}' })
 *   .pipe(endOn('[DONE]'))
 *   .subscribe({ next: (message) => console.log(message.data), error: (error) => console.error('cut', error) });
 * ```
 *
 * @example
 * Markers that carry data: the last row of Ollama has `done: true` and the counts, the last event of an OpenAI response
 * is `response.completed` and has the whole response:
 * ```ts
 * import { endOn, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
 *
 * fromNdjsonFetch<{ response: string; done: boolean; eval_count?: number }>('/api/generate', {
 *   method: 'POST',
 *   body: '{"model":"llama3.2","prompt":"Why is the sky blue?"}',
 * })
 *   .pipe(endOn(({ done }) => done, { inclusive: true }))
 *   .subscribe((row) => console.log(row.done ? row.eval_count : row.response));
 *
 * fromEventSource('/v1/responses', { method: 'POST', body: '{"stream":true}' })
 *   .pipe(endOn(({ type }) => type === 'response.completed', { inclusive: true }))
 *   .subscribe((message) => console.log(message.type, message.data));
 * ```
 */
export function endOn<T extends string | { readonly data: unknown }>(
  marker: string,
  config?: EndOnConfig,
): MonoTypeOperatorFunction<T>;
export function endOn<T>(
  marker: (value: T, index: number) => boolean,
  config?: EndOnConfig,
): MonoTypeOperatorFunction<T>;
export function endOn<T extends string | { readonly data: unknown }>(
  marker: string | ((value: T, index: number) => boolean),
  config: EndOnConfig = {},
): MonoTypeOperatorFunction<T> {
  check('marker', marker, aMarker);
  checkOptions('config', config, END_ON);
  const { inclusive } = config;
  const isEnd =
    typeof marker === 'function'
      ? marker
      : (value: T) =>
          // A row that was parsed from JSON may be `null`, whatever its type is.
          (typeof value === 'string' ? value : (value as { data?: unknown } | null)?.data) === marker;
  return (source) =>
    defer(() => {
      let ended = false;
      return concat(
        source.pipe(takeWhile((value, index) => !(ended = isEnd(value, index)), inclusive)),
        defer(() =>
          ended ? EMPTY : throwError(() => new StreamTruncatedError({ missing: 'its end marker' })),
        ),
      );
    });
}
