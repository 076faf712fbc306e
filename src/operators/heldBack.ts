import {
  BehaviorSubject,
  EMPTY,
  Subject,
  catchError,
  concat,
  defer,
  finalize,
  first,
  from,
  ignoreElements,
  merge,
  mergeMap,
  tap,
  throwError,
} from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';

/**
 * Projects each value, at most `concurrent` at a time, and holds the source back meanwhile: `room` emits, at
 * once or later, when another value could run at once.
 *
 * A source that fails does so after the values it gave are projected: what has been received is not lost.
 *
 * The queue is not `mergeMap`'s own: that shifts an array, which is quadratic in the rows of a chunk, and starts
 * each value from within the end of the one before, which overflows the stack where many end at once.
 */
export function heldBack<V, R>(
  source: (room: Observable<unknown>) => Observable<V>,
  project: (value: V, index: number) => ObservableInput<R>,
  concurrent: number,
): Observable<R> {
  return defer(() => {
    const queue: V[] = [];
    let head = 0;
    let running = 0;
    let starting = false;
    let end: Observable<never> | undefined;
    const startSubject = new Subject<V>();
    const roomSubject = new BehaviorSubject(true);

    const start = (): void => {
      if (starting) return;
      starting = true;
      while (head < queue.length && running < concurrent) {
        running++;
        startSubject.next(queue[head++] as V);
      }
      starting = false;
      if (head === queue.length) {
        queue.length = head = 0;
        if (end) startSubject.complete();
      }
      roomSubject.next(running < concurrent);
    };

    return concat(
      merge(
        startSubject.pipe(
          mergeMap((value, index) =>
            from(project(value, index)).pipe(
              finalize(() => {
                running--;
                start();
              }),
            ),
          ),
        ),
        source(roomSubject.pipe(first(Boolean))).pipe(
          catchError((error: unknown) => {
            end = throwError(() => error);
            return EMPTY;
          }),
          tap({
            next: (value) => {
              queue.push(value);
              start();
            },
            complete: () => {
              end ??= EMPTY;
              start();
            },
          }),
          ignoreElements(),
        ),
      ),
      defer(() => end ?? EMPTY),
    );
  });
}
