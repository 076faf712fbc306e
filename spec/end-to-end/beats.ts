import { NEVER, ReplaySubject, concat, finalize, interval, of, range, throwError } from 'rxjs';
import type { Observable } from 'rxjs';

/** An interval in which nothing more comes during a test. */
export const HOUR = 3_600_000;

/** One, and then nothing for as long as anybody waits. */
export const once$: Observable<number> = concat(of(0), NEVER);

/** Without end, about as fast as they can be told apart. */
export const quick$: Observable<number> = interval(1);

/** Three, and then a failure that clients must not be told about. */
export const failing$: Observable<number> = concat(
  range(0, 3),
  throwError(() => new Error('secret')),
);

/** A producer, and whether it has stopped: `stopped$` emits once it has, also to who asks later. */
export function stoppable<T>(source$: Observable<T>): { source$: Observable<T>; stopped$: Observable<void> } {
  const stopped$ = new ReplaySubject<void>(1);
  return {
    stopped$,
    source$: source$.pipe(
      finalize(() => {
        stopped$.next();
      }),
    ),
  };
}
