import { asyncScheduler, throwError, timeout } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { StreamTimeoutError } from '../errors';

/** Errors with a `StreamTimeoutError` when `values` has emitted nothing for the milliseconds of the limit. */
export const timely = <T>(
  values: Observable<T>,
  limit: { readonly idleTimeout: number } | { readonly connectTimeout: number },
  scheduler: SchedulerLike | undefined,
): Observable<T> => {
  const [each] = Object.values(limit) as [number];
  return each === Infinity
    ? values
    : values.pipe(
        timeout({
          each,
          scheduler: scheduler ?? asyncScheduler,
          with: () => throwError(() => new StreamTimeoutError(limit)),
        }),
      );
};
