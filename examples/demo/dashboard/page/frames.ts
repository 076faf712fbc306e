import { animationFrames, fromEvent, interval, map, startWith, switchMap, throttleTime } from 'rxjs';
import type { Observable } from 'rxjs';

const CALM = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * When to draw: with the frames of the screen, so many a second at most; once a second for who wants little that
 * moves.
 */
export const frames = (aSecond: number): Observable<unknown> =>
  fromEvent(CALM, 'change').pipe(
    startWith(undefined),
    map(() => CALM.matches),
    switchMap((calm) => (calm ? interval(1_000) : animationFrames().pipe(throttleTime(1_000 / aSecond)))),
  );
