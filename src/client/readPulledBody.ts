import { Observable, noop, timer } from 'rxjs';
import type { Subscription } from 'rxjs';
import { StreamNetworkError, StreamTimeoutError } from '../errors';
import { ignoringFailure } from '../flow/ignoringFailure';
import type { Puller } from '../flow/puller';
import type { BodyReading } from './bodyReading';
import { chunkOf } from './chunkOf';
import type { Chunk } from './chunkOf';

/**
 * Reads a body that can be pulled, one chunk at a time. It is a hand-written loop, because `from(stream)` has no
 * back-pressure and does not cancel a pending read.
 */
export function readPulledBody(
  { next, stop }: Puller<unknown>,
  { idleTimeout, scheduler, take, room }: BodyReading,
): Observable<Chunk> {
  return new Observable((subscriber) => {
    let idle: Subscription | undefined;
    let isWanted = false;
    let isReading = false;

    const fail = (cause: unknown): void => {
      subscriber.error(new StreamNetworkError({ phase: 'body', cause }));
    };
    // The errors of `receive` and `pull` go to the subscriber, because a promise that calls these would lose them. Each
    // has a `try` of its own, because V8 cannot inline what one wrapper for both calls.
    const receive = (result: IteratorResult<unknown, unknown>): void => {
      try {
        idle?.unsubscribe();
        const { done, value } = result;
        if (done) {
          subscriber.complete();
          return;
        }
        const chunk = chunkOf(value);
        if (take) take(chunk);
        else subscriber.next(chunk);
        if (!subscriber.closed) pullWhenRoom();
      } catch (error) {
        subscriber.error(error);
      }
    };
    const read = (): void => {
      // The time-out covers each read alone: the server is not late while the reader waits for room.
      if (idleTimeout < Infinity) {
        idle = timer(idleTimeout, scheduler).subscribe({
          next: () => {
            subscriber.error(new StreamTimeoutError({ idleTimeout }));
          },
          error: noop,
        });
        subscriber.add(idle);
      }
      let result;
      try {
        result = next();
      } catch (cause) {
        fail(cause);
        return;
      }
      if ('then' in result) result.then(receive, fail);
      else receive(result);
    };
    const pull = (): void => {
      isWanted = true;
      if (isReading) return;
      isReading = true;
      // A loop instead of a recursion through `receive`, which a synchronous iterable would make overflow the stack.
      try {
        while (isWanted && !subscriber.closed) {
          isWanted = false;
          read();
        }
      } catch (error) {
        subscriber.error(error);
      }
      isReading = false;
    };
    const pullWhenRoom = (): void => {
      if (room) subscriber.add(room.subscribe({ next: pull, error: noop }));
      else pull();
    };
    subscriber.add(() => {
      ignoringFailure(stop);
    });
    pullWhenRoom();
  });
}
