import {
  BehaviorSubject,
  EMPTY,
  catchError,
  concat,
  defer,
  finalize,
  first,
  from,
  mergeMap,
  tap,
  throwError,
} from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';

/**
 * Projects each value, at most `concurrent` at a time, and holds the source back meanwhile: `room` emits, at
 * once or later, when fewer are waiting than may run.
 *
 * A source that fails does so after the values it gave are projected: what has been received is not lost.
 */
export function heldBack<V, R>(
  source: (room: Observable<unknown>) => Observable<V>,
  project: (value: V, index: number) => ObservableInput<R>,
  concurrent: number,
): Observable<R> {
  return defer(() => {
    let waiting = 0;
    let failure: Observable<never> = EMPTY;
    const waitingSubject = new BehaviorSubject(0);
    const add = (count: number): void => {
      waitingSubject.next((waiting += count));
    };
    return concat(
      source(waitingSubject.pipe(first((count) => count < concurrent))).pipe(
        catchError((error: unknown) => {
          failure = throwError(() => error);
          return EMPTY;
        }),
        tap(() => {
          add(1);
        }),
        mergeMap(
          (value, index) =>
            from(project(value, index)).pipe(
              finalize(() => {
                add(-1);
              }),
            ),
          concurrent,
        ),
      ),
      defer(() => failure),
    );
  });
}
