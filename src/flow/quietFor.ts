import { defer, filter, repeat, timer } from 'rxjs';
import type { Observable } from 'rxjs';

/**
 * Emits whenever `ms` milliseconds have passed without activity. One timer checks this when it is due, which costs less
 * than a new timer for each value.
 *
 * @param idle - Returns the time since the last activity, in milliseconds. It is negative if the clock was set back,
 *   and the Observable then emits, too.
 */
export const quietFor = (ms: number, idle: () => number): Observable<unknown> =>
  defer(() => timer(Math.min(ms, ms - idle()))).pipe(
    repeat(),
    filter(() => idle() >= ms || idle() < 0),
  );
