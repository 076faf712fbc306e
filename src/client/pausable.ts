import {
  BehaviorSubject,
  NEVER,
  dematerialize,
  distinctUntilChanged,
  filter,
  identity,
  ignoreElements,
  materialize,
  switchMap,
  takeUntil,
  using,
} from 'rxjs';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import type { Session } from './session';

/**
 * Lets the application put off a stream's connections and break them off for a while: the loop that reconnects sees
 * neither, and so keeps its delays.
 *
 * @param mayPause Whether the connection that is there may be asked for again.
 * @param stream Is given what makes a connection one that pauses.
 */
export function pausable<T>(
  pauseWhen: StreamSource<boolean> | undefined,
  mayPause: () => boolean,
  { report }: Session,
  stream: (pausing: MonoTypeOperatorFunction<T>) => Observable<T>,
): Observable<T> {
  if (!pauseWhen) return stream(identity);
  const pausedSubject = new BehaviorSubject(false);

  const pause = (): Observable<never> => {
    report?.({ type: 'paused' });
    return NEVER;
  };
  const pausing: MonoTypeOperatorFunction<T> = (connection) =>
    pausedSubject.pipe(
      filter((paused) => !paused || mayPause()),
      distinctUntilChanged(),
      // As notifications: the end of the connection is the end of this, too.
      switchMap((paused) => (paused ? pause() : connection.pipe(materialize()))),
      dematerialize(),
    );

  return using(
    () =>
      // Its completion says nothing: the last word holds.
      observed(pauseWhen).subscribe({
        next: (paused) => {
          pausedSubject.next(paused);
        },
        error: (error: unknown) => {
          pausedSubject.error(error);
        },
      }),
    () => stream(pausing).pipe(takeUntil(pausedSubject.pipe(ignoreElements()))),
  );
}
