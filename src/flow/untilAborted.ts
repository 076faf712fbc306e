import { Observable, identity, takeUntil } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { onAborted } from './onAborted';

/**
 * Errors with the reason of a signal once the signal aborts, as `fetch` does. It leaves no listener behind.
 *
 * @param owner - The object that has the signal, such as a `Request`. The operator keeps the owner in memory: Node drops
 *   the listeners of a `Request` that was garbage-collected.
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
