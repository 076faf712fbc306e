import { Observable, identity, takeUntil } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { onAborted } from './onAborted';

/**
 * Errors with the reason of a signal when the signal aborts, as `fetch` does. The teardown removes its listener.
 *
 * @param owner - The object that has the signal, such as a `Request`. The operator keeps a reference to the owner,
 *   because Node drops the listeners on the signal of a `Request` that was garbage-collected.
 */
export function untilAborted<T>(
  owner: { readonly signal?: AbortSignal | null | undefined } | undefined,
): MonoTypeOperatorFunction<T> {
  const signal = owner?.signal;
  if (!signal) return identity;
  return takeUntil(
    new Observable<never>((subscriber) =>
      onAborted(signal, () => {
        subscriber.error(owner.signal?.reason);
      }),
    ),
  );
}
