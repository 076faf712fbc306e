import { EMPTY, concat, defer, takeWhile, throwError } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { StreamTruncatedError } from '../errors';
import { check } from '../options/rules';
import { aMarker } from '../options/table';

/**
 * Completes at the value that says "this was all", and knows a stream that ends without it for a cut one.
 *
 * The marker is a text, compared with the value or with its `data` (`'[DONE]'` for chat completions), or a
 * predicate. It is not emitted itself; the source is unsubscribed at once, without waiting for its end.
 *
 * ```
 * source: --a--b--[DONE]--        --a--b--|
 *         endOn('[DONE]')         endOn('[DONE]')
 * result: --a--b--|               --a--b--#
 * ```
 *
 * Completes at the marker. Errors with the source, with `StreamTruncatedError` when the source completes
 * before the marker, or with what the predicate throws.
 *
 * @example
 * ```ts
 * import { endOn, fromEventSource } from 'rxjs-http-streams';
 *
 * fromEventSource('/v1/chat/completions', { method: 'POST', body: '{"stream":true}' })
 *   .pipe(endOn('[DONE]'))
 *   .subscribe({ next: (message) => console.log(message.data), error: (error) => console.error('cut', error) });
 * ```
 */
export function endOn<T extends string | { readonly data: unknown }>(
  marker: string,
): MonoTypeOperatorFunction<T>;
export function endOn<T>(marker: (value: T, index: number) => boolean): MonoTypeOperatorFunction<T>;
export function endOn<T extends string | { readonly data: unknown }>(
  marker: string | ((value: T, index: number) => boolean),
): MonoTypeOperatorFunction<T> {
  check('marker', marker, aMarker);
  const isEnd =
    typeof marker === 'function'
      ? marker
      : (value: T) => (typeof value === 'string' ? value : value.data) === marker;
  return (source) =>
    defer(() => {
      let ended = false;
      return concat(
        source.pipe(takeWhile((value, index) => !(ended = isEnd(value, index)))),
        defer(() => (ended ? EMPTY : throwError(() => new StreamTruncatedError('its end marker')))),
      );
    });
}
