import { defer, interval, map } from 'rxjs';
import type { Observable } from 'rxjs';

/** Between two looks, in milliseconds. */
const LOOK = 25;

/**
 * For how long nobody has read, in milliseconds, every 25 ms. It counts looks, not time: what blocks the event loop keeps
 * readers from reading, too, and they have their turn between any two looks.
 *
 * @param reads How often somebody has read.
 */
export const unreadFor = (reads: () => number): Observable<number> =>
  defer(() => {
    let seen = reads();
    let looks = 0;
    return interval(LOOK).pipe(
      map(() => {
        looks = seen === reads() ? looks + 1 : 0;
        seen = reads();
        return looks * LOOK;
      }),
    );
  });
