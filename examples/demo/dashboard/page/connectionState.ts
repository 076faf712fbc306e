import { endWith, filter, map, of, switchMap, takeWhile, timer } from 'rxjs';
import type { Observable, OperatorFunction } from 'rxjs';
import type { LifecycleEvent } from 'rxjs-http-streams';

/** The state of a connection. */
export interface ConnectionState {
  readonly name: 'connecting' | 'open' | 'reconnecting' | 'paused';
  /** Until the next attempt, in milliseconds; nothing where none is waited for. */
  readonly left?: number | undefined;
}

/** Interval of the countdown, in milliseconds. */
const STEP = 100;

/** The state of a connection, with a countdown while it waits for the next attempt. */
export const connectionState = (): OperatorFunction<LifecycleEvent<unknown>, ConnectionState> => (event$) =>
  event$.pipe(
    filter((event) => event.type !== 'value' && event.type !== 'progress'),
    switchMap((event) =>
      event.type === 'reconnecting' ? countdown(event.delay ?? 0) : of({ name: event.type }),
    ),
  );

const countdown = (delay: number): Observable<ConnectionState> => {
  const end = performance.now() + delay;
  return timer(0, STEP).pipe(
    map(() => end - performance.now()),
    takeWhile((left) => left > 0),
    endWith(0),
    map((left) => ({ name: 'reconnecting', left })),
  );
};
