import {
  BehaviorSubject,
  EMPTY,
  Observable,
  Subject,
  catchError,
  concat,
  defer,
  finalize,
  first,
  ignoreElements,
  merge,
  mergeMap,
  tap,
  throwError,
} from 'rxjs';
import type { Subscriber } from 'rxjs';
import { StreamOverflowError } from '../errors';
import { DEFAULT_MAX_LENGTH } from '../protocol/limits';
import { Fifo } from './fifo';
import type { Held } from './heldConfig';

/** Makes the results of a value: it gives them to `out` synchronously, or returns an Observable of them. */
export type Settle<V, R> = (
  value: V,
  index: number,
  out: Pick<Subscriber<R>, 'next'>,
) => Observable<R> | undefined;

/** Memory that a buffered value takes besides its text, in bytes. This was measured. */
const ENTRY = 100;

/**
 * Settles the values of a source, at most `concurrent` at a time, with back-pressure on the source. Results that
 * `settle` gives synchronously go straight to the subscriber.
 *
 * An error of the source is delivered after the results of the values before it, so that no received value is lost. The
 * same holds for the `StreamOverflowError` of a source that pushes more values than `held` allows.
 *
 * `mergeMap` cannot buffer the values itself. It shifts an array, which takes quadratic time in the rows of a chunk,
 * and it starts each value within the completion of the one before, which overflows the stack if many complete
 * synchronously.
 *
 * @param source - Makes the source. Its `room` emits, at once or later, when the next value could be settled at once.
 * @param settle - Makes the results of a value.
 * @param held - Limits the buffered values, whose number is unlimited without it.
 */
export function heldBack<V, R>(
  source: (room: Observable<unknown>) => Observable<V>,
  settle: Settle<V, R>,
  concurrent: number,
  held?: Held<V>,
): Observable<R> {
  return new Observable((subscriber) => {
    const queue = new Fifo<V>();
    const limit = held?.maxBufferedBytes ?? DEFAULT_MAX_LENGTH;
    const sizeOf = (value: V): number => (held ? held.lengthOf(value) + ENTRY : 0);
    let size = 0;
    let index = 0;
    let running = 0;
    let starting = false;
    let end: Observable<never> | undefined;
    const lateSubject = new Subject<Observable<R>>();
    const roomSubject = new BehaviorSubject(true);

    const hasRoom = (): boolean => !starting && running < concurrent;

    const run = (value: V): void => {
      const late = settle(value, index++, subscriber);
      if (!late) return;
      running++;
      roomSubject.next(hasRoom());
      lateSubject.next(late);
    };

    /**
     * Settles buffered values in a loop, because a completion that started the next value would deepen the stack each
     * time.
     */
    const start = (): void => {
      if (starting) return;
      starting = true;
      try {
        while (queue.size > 0 && running < concurrent && !subscriber.closed) {
          const value = queue.shift();
          size -= sizeOf(value);
          run(value);
        }
      } catch (error) {
        lateSubject.error(error);
      }
      starting = false;
      if (end && queue.size === 0) lateSubject.complete();
      roomSubject.next(hasRoom());
    };

    return concat(
      merge(
        lateSubject.pipe(
          mergeMap((late) =>
            late.pipe(
              finalize(() => {
                running--;
                start();
              }),
            ),
          ),
        ),
        source(roomSubject.pipe(first(Boolean))).pipe(
          tap((value) => {
            if (hasRoom()) return;
            const next = size + sizeOf(value);
            if (next > limit) {
              throw new StreamOverflowError({ option: 'maxBufferedBytes', limit, size: next });
            }
          }),
          catchError((error: unknown) => {
            end = throwError(() => error);
            return EMPTY;
          }),
          tap({
            next: (value) => {
              if (hasRoom()) {
                run(value);
              } else {
                size += sizeOf(value);
                queue.push(value);
              }
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
    ).subscribe(subscriber);
  });
}
