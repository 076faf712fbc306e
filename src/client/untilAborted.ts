import { defer, fromEvent, identity, map, merge, of, takeUntil } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';

/** Errors with the reason of the first signal that aborts, as `fetch` does; leaves no listener behind. */
export function untilAborted<T>(
  ...candidates: (AbortSignal | null | undefined)[]
): MonoTypeOperatorFunction<T> {
  const aborted = candidates
    .filter((signal) => signal != null)
    .map((signal) =>
      defer(() => (signal.aborted ? of(signal) : fromEvent(signal, 'abort'))).pipe(
        map((): never => {
          throw signal.reason;
        }),
      ),
    );
  return aborted.length ? takeUntil(merge(...aborted)) : identity;
}
