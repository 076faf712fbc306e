import { EMPTY, defer, exhaustMap, expand, finalize, map, takeWhile, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import { puller } from '../flow/puller';

/**
 * The values of a source, no faster than they are wanted where the source can wait: iterables, async iterables and
 * ReadableStreams are asked for each value, Observables and promises give theirs when they have them.
 *
 * @param demand Emits when values are wanted.
 * @param hungry Whether, after a value, another one is wanted at once.
 * @param stopping Receives what a source that is told to stop returns, which may be a promise that fails.
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
