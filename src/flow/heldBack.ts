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

/** Gives what comes of a value to `out` at once, or returns what has to be waited for. */
export type Settle<V, R> = (
  value: V,
  index: number,
  out: Pick<Subscriber<R>, 'next'>,
) => Observable<R> | undefined;

/** A limit on what waits of a source that cannot be held back. */
export interface HeldConfig {
  /**
   * The most that may wait for an asynchronous `schema`, or for the values of `onBadLine`, in UTF-16 code units of
   * text; each text counts 100 more. Over it the source is unsubscribed, what waits is settled and emitted, and then
   * the stream errors with a `StreamOverflowError`. `Infinity` for no limit. The readers hold their server back
   * instead.
   *
   * @defaultValue 16 Mi
   */
  maxBufferedBytes?: number | undefined;
}

/** A limit, and the length of the text of a value that waits, in UTF-16 code units. */
export interface Held<V> extends HeldConfig {
  readonly lengthOf: (value: V) => number;
}

/** Memory that a value which waits takes besides its text, in bytes: measured. */
const ENTRY = 100;

/**
 * Settles each value, at most `concurrent` at a time, and holds the source back meanwhile: `room` emits, at once or
 * later, when another value could be settled at once. What is settled at once goes straight to the subscriber.
 *
 * A source that fails does so after the values it gave are settled: what has been received is not lost. So does one
 * that cannot be held back and gives more than `held` allows.
 *
 * The queue is not `mergeMap`'s own: that shifts an array, which is quadratic in the rows of a chunk, and starts
 * each value from within the end of the one before, which overflows the stack where many end at once.
 */
export function heldBack<V, R>(
  source: (room: Observable<unknown>) => Observable<V>,
  settle: Settle<V, R>,
  concurrent: number,
  held?: Held<V>,
): Observable<R> {
  return new Observable((subscriber) => {
    const queue = new Fifo<V>();
    const { maxBufferedBytes: limit = DEFAULT_MAX_LENGTH } = held ?? {};
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

    const shift = (): V => {
      const value = queue.shift();
      size -= sizeOf(value);
      return value;
    };

    /** Settles what waits, in a loop: an end that starts the next value would be a call deeper with each. */
    const start = (): void => {
      if (starting) return;
      starting = true;
      try {
        while (queue.size > 0 && running < concurrent && !subscriber.closed) run(shift());
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
