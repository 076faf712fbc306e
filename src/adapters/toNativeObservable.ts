import { fromEvent, takeUntil } from 'rxjs';
import { observed, observerOf } from '../flow/observed';
import type { NativeConstructor, NativeObservable, StreamSource } from '../flow/observed';
import { aFunction, check } from '../options/rules';
import { aSource } from '../options/values';

/**
 * Converts a stream to the platform's own Observable, for code that is written for `when()`.
 *
 * Like every native Observable, it shares one subscription to the source among its concurrent observers. It emits and
 * ends as the source does. Aborting the `signal` of the last observer unsubscribes from the source, and so aborts a
 * request. Throws a `TypeError` if the platform does not have Observables.
 *
 * @example
 * ```ts
 * import { fromEventSource, toNativeObservable } from 'rxjs-http-streams';
 *
 * const stop = new AbortController();
 * toNativeObservable(fromEventSource('/feed')).subscribe(
 *   { next: ({ data }) => console.log(data), error: console.error },
 *   { signal: stop.signal },
 * );
 * ```
 */
export function toNativeObservable<T>(source: StreamSource<T>): NativeObservable<T> {
  check('source', source, aSource);
  const { Observable: Native } = globalThis as unknown as { readonly Observable: NativeConstructor };
  check('globalThis.Observable', Native, aFunction);
  return new Native((subscriber) => {
    observed(source)
      .pipe(takeUntil(fromEvent(subscriber.signal, 'abort')))
      .subscribe(observerOf(subscriber));
  });
}
