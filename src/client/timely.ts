import { asyncScheduler, throwError, timeout } from 'rxjs';
import type { Observable, SchedulerLike } from 'rxjs';
import { StreamTimeoutError } from '../errors';

/** Errors with a `StreamTimeoutError` once `values` have been silent for `each` milliseconds of a scheduler. */
export const timely = <T>(
  values: Observable<T>,
  option: 'idleTimeout' | 'connectTimeout',
  each: number,
  scheduler: SchedulerLike | undefined,
): Observable<T> =>
  each === Infinity
    ? values
    : values.pipe(
        timeout({
          each,
          scheduler: scheduler ?? asyncScheduler,
          with: () => throwError(() => new StreamTimeoutError(each, option)),
        }),
      );
