import { defer, interval, map } from 'rxjs';
import type { Observable } from 'rxjs';

/** Time between two checks, in milliseconds. */
const PERIOD = 25;

/**
 * Emits, every 25 ms, for how many milliseconds the consumer has not read. It counts its checks and not the time on the
 * clock: code that blocks the event loop keeps the consumer from reading, too, but the consumer can read between any
 * two checks.
 *
 * @param reads - Returns how often the consumer has read.
 */
export const unreadFor = (reads: () => number): Observable<number> =>
  defer(() => {
    let seen = reads();
    let checks = 0;
    return interval(PERIOD).pipe(
      map(() => {
        checks = seen === reads() ? checks + 1 : 0;
        seen = reads();
        return checks * PERIOD;
      }),
    );
  });
