import { EMPTY, defer, exhaustMap, expand, finalize, map, takeWhile, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { observed } from '../operators/nativeObservable';
import type { StreamSource } from '../operators/nativeObservable';
import { puller } from '../operators/puller';
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
    const pull = puller(source);
    if (!pull) return observed(source);
    const { next, stop } = pull;
    return unwrapped(
      Symbol.iterator in source && !(Symbol.asyncIterator in source)
        ? demand.pipe(exhaustMap(() => batch(next as () => IteratorResult<T>)))
        : inTurn(() => next() as Promise<IteratorResult<T>>),
      stop,
    );
  });

  function inTurn(next: () => Promise<IteratorResult<T>>): Observable<IteratorResult<T>> {
    return demand.pipe(
      exhaustMap(() =>
        defer(next).pipe(expand(({ done }) => (done !== true && hungry() ? defer(next) : EMPTY))),
      ),
    );
  }

  function* batch(next: () => IteratorResult<T>): Generator<IteratorResult<T>> {
    // Who takes the end leaves there: nothing is asked for after it.
    do yield next();
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
