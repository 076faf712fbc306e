import { ReplaySubject, filter, firstValueFrom, tap } from 'rxjs';
import type { Observable, Subscription } from 'rxjs';

/** A subscription together with everything that came of it. */
export interface Recording<T> {
  readonly subscription: Subscription;
  readonly values: readonly T[];
  /** The end; unset if it has not come. */
  readonly outcome: 'complete' | 'error' | undefined;
  /** The error that the stream ended with; unset if it did not fail. */
  readonly error: unknown;
  /** Settles when `count` values have come; rejects when the stream ends before. */
  readonly received: (count: number) => Promise<void>;
  /** Settles when the stream has ended, either way. */
  readonly ended: () => Promise<void>;
}

/** Subscribes to a stream and writes down what comes. */
export function record<T>(source: Observable<T>): Recording<T> {
  const values: T[] = [];
  let outcome: Recording<T>['outcome'];
  let error: unknown;
  const counts = new ReplaySubject<number>(Infinity);
  const subscription = source
    .pipe(
      tap({
        next: (value) => {
          values.push(value);
        },
        error: (reason: unknown) => {
          outcome = 'error';
          error = reason;
        },
        complete: () => {
          outcome = 'complete';
        },
      }),
    )
    .subscribe({
      next: () => {
        counts.next(values.length);
      },
      error: (reason: unknown) => {
        counts.error(reason);
      },
      complete: () => {
        counts.complete();
      },
    });
  return {
    subscription,
    values,
    get outcome() {
      return outcome;
    },
    get error() {
      return error;
    },
    received: async (count) => {
      await firstValueFrom(counts.pipe(filter((received) => received >= count)));
    },
    ended: () =>
      new Promise((resolve) => {
        counts.subscribe({
          error: () => {
            resolve();
          },
          complete: resolve,
        });
      }),
  };
}
