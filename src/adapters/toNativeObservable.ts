import { fromEvent, takeUntil } from 'rxjs';
import { observed, observerOf } from '../flow/observed';
import type { NativeConstructor, NativeObservable, StreamSource } from '../flow/observed';
import { aFunction, check } from '../options/rules';
import { aSource } from '../options/table';

/**
 * A stream as the platform's own Observable, for `when()` and all that follows it.
 *
 * As native ones do, it shares one subscription between those who observe it at a time. It emits and ends as the source
 * does; aborting the `signal` of the last subscriber unsubscribes the source, which aborts a request. Throws a
 * `TypeError` where the platform has no Observable.
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
