import { defer, fromEvent, identity, map, of, takeUntil } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';

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
    defer(() => (signal.aborted ? of(signal) : fromEvent(signal, 'abort'))).pipe(
      map((): never => {
        throw owner.signal?.reason;
      }),
    ),
  );
}
