import { Observable, fromEvent, identity, noop, of, share, takeUntil } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';

/** One listener for all streams of a signal, as a server that shuts down has one: Node takes the eleventh for a leak. */
const abortions = /* @__PURE__ */ new WeakMap<AbortSignal, Observable<unknown>>();

function abortionOf(signal: AbortSignal): Observable<unknown> {
  const abortion = abortions.get(signal) ?? fromEvent(signal, 'abort').pipe(share());
  abortions.set(signal, abortion);
  return abortion;
}

/**
 * Errors with the reason of a signal once it aborts, as `fetch` does; leaves no listener behind.
 *
 * @param owner Whose signal it is. It is held on to: Node forgets the listeners of a `Request` that was collected.
 */
export function untilAborted<T>(
  owner: { readonly signal?: AbortSignal | null | undefined } | undefined,
): MonoTypeOperatorFunction<T> {
  const signal = owner?.signal;
  if (!signal) return identity;
  return takeUntil(
    new Observable<never>((subscriber) =>
      // With an observer of its own, so that what the teardown of one stream throws does not reach the others.
      (signal.aborted ? of(signal) : abortionOf(signal)).subscribe({
        next: () => {
          subscriber.error(owner.signal?.reason);
        },
        error: noop,
      }),
    ),
  );
}
