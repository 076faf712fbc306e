import { animationFrames, map, of, switchMap, take } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromNdjsonFetch } from 'rxjs-http-streams';
import type { LifecycleEvent } from 'rxjs-http-streams';
import type { Day } from '../wire';

/** Rows in a frame: more of them would keep the page from painting. */
const ROWS_A_FRAME = 200;

/**
 * The rows, no faster than the page can take them: `project` waits
 * for the next frame after so many, and as long as `held$` says;
 * while it waits nothing is read.
 *
 * @param held$ Emits at once.
 */
export function loading(held$: Observable<boolean>): Observable<LifecycleEvent<Day>> {
  const room$ = held$.pipe(
    switchMap((held) => (held ? [] : animationFrames())),
    take(1),
  );
  return fromNdjsonFetch<Day, Day>('days', {
    observe: 'lifecycle',
    project: (day, index) => (index % ROWS_A_FRAME === 0 ? room$.pipe(map(() => day)) : of(day)),
  });
}
