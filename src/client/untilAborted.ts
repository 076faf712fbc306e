import { defer, fromEvent, identity, map, of, takeUntil } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';

/** Errors with the reason of a signal once it aborts, as `fetch` does; leaves no listener behind. */
export function untilAborted<T>(signal: AbortSignal | null | undefined): MonoTypeOperatorFunction<T> {
  if (!signal) return identity;
  return takeUntil(
    defer(() => (signal.aborted ? of(signal) : fromEvent(signal, 'abort'))).pipe(
      map((): never => {
        throw signal.reason;
      }),
    ),
  );
}
