import { EMPTY, defer, exhaustMap, expand, finalize, from, map, takeWhile, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { observed } from '../operators/nativeObservable';
import type { StreamSource } from '../operators/nativeObservable';
import { check } from '../options/rules';
import { aSource } from '../options/table';
import { isBytes } from './isBytes';

/** What is to be streamed, a bare text or array of bytes as one value. Throws a `TypeError` when it is no source. */
export function inputOf<T>(source: StreamSource<T>): StreamSource<T> {
  if (typeof source === 'string' || isBytes(source)) return [source as T];
  check('source', source, aSource);
  return source;
}

/**
 * The values of a source, no faster than they are wanted where the source can wait: iterables, async iterables and
 * ReadableStreams are asked for each value, Observables and promises give theirs when they have them.
 *
 * @param demand Emits when values are wanted.
 * @param hungry Whether, after a value, another one is wanted at once.
 * @param stopping Receives what a source that is told to stop returns, which may be a promise that fails.
 */
export function pulled<T>(
  source: StreamSource<T>,
  demand: Observable<unknown>,
  hungry: () => boolean,
  stopping: (result: unknown) => void,
): Observable<T> {
  return defer(() => {
    if ('subscribe' in source) return observed(source);
    // Not by the stream's own iterator: that cannot be left while it waits.
    if ('getReader' in source) {
      const reader = (source as ReadableStream<T>).getReader();
      return unwrapped(
        inTurn(() => reader.read() as Promise<IteratorResult<T>>),
        () => reader.cancel(),
      );
    }
    if (Symbol.asyncIterator in source) {
      const iterator = source[Symbol.asyncIterator]();
      return unwrapped(
        inTurn(() => iterator.next()),
        () => {
          // A Readable of Node would be left only when it speaks again.
          (source as { readonly destroy?: () => void }).destroy?.();
          return iterator.return?.();
        },
      );
    }
    if (Symbol.iterator in source) {
      const iterator = source[Symbol.iterator]();
      return unwrapped(demand.pipe(exhaustMap(() => batch(iterator))), () => iterator.return?.());
    }
    return from(source);
  });

  function inTurn(next: () => Promise<IteratorResult<T>>): Observable<IteratorResult<T>> {
    return demand.pipe(
      exhaustMap(() =>
        defer(next).pipe(expand(({ done }) => (done !== true && hungry() ? defer(next) : EMPTY))),
      ),
    );
  }

  function* batch(iterator: Iterator<T>): Generator<IteratorResult<T>> {
    // Who takes the end leaves there: nothing is asked for after it.
    do yield iterator.next();
    while (hungry());
  }

  /** @param stop Tells a source that is not at its end that no more is wanted. */
  function unwrapped(results: Observable<IteratorResult<T>>, stop: () => unknown): Observable<T> {
    let ended = false;
    const end = (): void => {
      ended = true;
    };
    return results.pipe(
      takeWhile(({ done }) => done !== true),
      map(({ value }) => value as T),
      tap({ complete: end, error: end }),
      finalize(() => {
        if (!ended) stopping(stop());
      }),
    );
  }
}
