import { animationFrames, fromEvent, interval, map, startWith, switchMap, throttleTime } from 'rxjs';
import type { Observable } from 'rxjs';

const CALM = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Emits when a panel may draw: with the frames of the screen, so many a second at most. Emits once a second for a user
 * who prefers reduced motion.
 */
export const frames = (aSecond: number): Observable<unknown> =>
  fromEvent(CALM, 'change').pipe(
    startWith(undefined),
    map(() => CALM.matches),
    switchMap((calm) => (calm ? interval(1_000) : animationFrames().pipe(throttleTime(1_000 / aSecond)))),
  );
