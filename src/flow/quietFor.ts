import { defer, filter, repeat, timer } from 'rxjs';
import type { Observable } from 'rxjs';

/**
 * Emits whenever it has been quiet for `ms` milliseconds. One timer that looks when it is due, instead of a new one for
 * each value.
 *
 * @param quiet For how long it has been, in milliseconds; less than nothing where the clock of the machine was set back.
 */
export const quietFor = (ms: number, quiet: () => number): Observable<unknown> =>
  defer(() => timer(Math.min(ms, ms - quiet()))).pipe(
    repeat(),
    filter(() => quiet() >= ms || quiet() < 0),
  );
