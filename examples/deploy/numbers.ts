import { concatMap, defer, map, range, timer } from 'rxjs';
import type { Observable } from 'rxjs';

/** Time between two numbers, in milliseconds. */
export const EVERY = 100;

/**
 * The numbers since a point in time, each as a message that has the number for its id. They depend on the clock alone,
 * so that each process has the same ones, those from before it was started as well. A log that the processes share,
 * such as a Redis stream, does the same for messages that somebody makes.
 *
 * @param start - In milliseconds since 1970.
 */
export const numbersSince = (start: number): Observable<{ id: string; data: string }> =>
  defer(() => {
    let next = 0;
    return timer(0, EVERY).pipe(
      concatMap(() => {
        const first = next;
        next = Math.floor((Date.now() - start) / EVERY) + 1;
        return range(first, next - first);
      }),
      map((n) => ({ id: String(n), data: `number ${n}` })),
    );
  });
