import { EMPTY, defer, exhaustMap, expand, finalize, map, takeWhile, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import { puller } from '../flow/puller';

/**
 * Emits the values of a source with back-pressure where the source supports it. Iterables, async iterables and
 * ReadableStreams are pulled value by value, while Observables and promises emit by themselves.
 *
 * @param demand - Emits when the consumer wants values.
 * @param hungry - Returns, after each value, whether the consumer wants another one at once.
 * @param stopping - Receives the result of stopping the source early, which may be a promise that rejects.
 */
export function onDemand<T>(
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
        : oneByOne(() => next() as Promise<IteratorResult<T>>),
      stop,
    );
  });

  function oneByOne(next: () => Promise<IteratorResult<T>>): Observable<IteratorResult<T>> {
    return demand.pipe(
      exhaustMap(() =>
        defer(next).pipe(expand(({ done }) => (done !== true && hungry() ? defer(next) : EMPTY))),
      ),
    );
  }

  function* batch(next: () => IteratorResult<T>): Generator<IteratorResult<T>> {
    // `takeWhile` unsubscribes at the end of the source, so this loop does not pull beyond it.
    do yield next();
    while (hungry());
  }

  /**
   * Emits the values of the results until the source ends.
   *
   * @param stop - Stops a source that has not ended.
   */
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
