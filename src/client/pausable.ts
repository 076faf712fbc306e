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
 * Lets the application pause a stream. While the latest value of `pauseWhen` is `true`, the open connection is aborted
 * and new connections wait. The loop that reconnects does not see a pause, so its delays and counts stay the same.
 *
 * @param mayPause - Whether the request of the open connection may be sent again. If not, that connection stays open.
 * @param stream - Makes the stream. It applies the operator that it receives to each of its connections.
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
      // Notifications let the end of a connection end this Observable: `switchMap` would wait for `pausedSubject`.
      switchMap((paused) => (paused ? pause() : connection.pipe(materialize()))),
      dematerialize(),
    );

  return using(
    () =>
      // A completion of `pauseWhen` is ignored: its latest value stays in force.
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
