import { EMPTY, Observable, catchError, defer, map, noop, tap, throwError, timer } from 'rxjs';
import type { SchedulerLike, Subscription } from 'rxjs';
import { StreamNetworkError, StreamOverflowError, StreamTimeoutError } from '../errors';
import { heldBack } from '../flow/heldBack';
import { observed } from '../flow/observed';
import { puller } from '../flow/puller';
import type { Puller } from '../flow/puller';
import { check } from '../options/rules';
import type { Rule } from '../options/rules';
import { aSource } from '../options/values';
import { chunkOf } from './chunkOf';
import type { Chunk } from './chunkOf';
import type { StreamResponse } from './streamInit';
import { timely } from './timely';

/** Receives the chunks of a body. */
export type Take = (chunk: Chunk) => void;

/** Options of reading a body. */
export interface Reading {
  readonly idleTimeout: number;
  /** Runs the time-out. */
  readonly scheduler: SchedulerLike | undefined;
  /** Is given the chunks. If omitted, they are emitted. */
  readonly take?: Take | undefined;
  /** Emits, at once or later, when there is room for a chunk. If omitted, there always is. */
  readonly room?: Observable<unknown> | undefined;
}

/** Bytes or characters that may wait of a body which cannot be held back. */
const MAX_WAITING = 16 * 1024 * 1024;
/** Memory that a chunk takes besides its content, in bytes. */
const ENTRY_COST = 64;

const streamed: Rule = { expected: 'a response whose body can be streamed', allows: aSource.allows };

/** Reads the chunks of a body, each when there is room for it, whatever kind of body it is. */
export function readBody({ body, status }: StreamResponse, reading: Reading): Observable<Chunk> {
  // Browsers give an empty stream for 204, other platforms none.
  if (body === null || status === 204) return EMPTY;
  const source = typeof body === 'string' || ArrayBuffer.isView(body) ? [body] : body;
  check('fetch', source, streamed);
  return defer(() => {
    const pull = puller<unknown>(source);
    return pull ? readPulled(pull, reading) : readPushed(observed<unknown>(source), reading);
  });
}

/** A loop, because `from(source)` neither leaves a pending read nor holds the source back. */
function readPulled(
  { next, stop }: Puller<unknown>,
  { idleTimeout, scheduler, take, room }: Reading,
): Observable<Chunk> {
  return new Observable((subscriber) => {
    let idle: Subscription | undefined;
    let wanted = false;
    let asking = false;

    /** Makes what a foreign stream leads to an error of this one: nobody sees what a reaction to a promise throws. */
    const guarded =
      <Args extends readonly unknown[]>(react: (...args: Args) => void) =>
      (...args: Args): void => {
        try {
          react(...args);
        } catch (error) {
          subscriber.error(error);
        }
      };
    const fail = (cause: unknown): void => {
      subscriber.error(new StreamNetworkError({ phase: 'body', cause }));
    };
    const receive = guarded(({ done, value }: IteratorResult<unknown>): void => {
      idle?.unsubscribe();
      if (done) {
        subscriber.complete();
        return;
      }
      const chunk = chunkOf(value);
      if (take) take(chunk);
      else subscriber.next(chunk);
      if (!subscriber.closed) pullWhenRoom();
    });
    const ask = (): void => {
      // For each read, not for the chunks: while reading is held back the silence is not the server's.
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
    const pull = guarded((): void => {
      wanted = true;
      if (asking) return;
      asking = true;
      // Not from within `receive`: an iterable that answers at once would overflow the stack.
      while (wanted && !subscriber.closed) {
        wanted = false;
        ask();
      }
      asking = false;
    });
    const pullWhenRoom = (): void => {
      if (room) subscriber.add(room.subscribe({ next: pull, error: noop }));
      else pull();
    };
    subscriber.add(() => {
      // The subscriber has left, so a failure of this cannot be told.
      new Promise((resolve) => {
        resolve(stop());
      }).catch(noop);
    });
    pullWhenRoom();
  });
}

/** Chunks that come when they come: those for which there is no room wait here, and only so many. */
function readPushed(
  body: Observable<unknown>,
  { idleTimeout, scheduler, take, room }: Reading,
): Observable<Chunk> {
  const named = body.pipe(
    catchError((cause: unknown) => throwError(() => new StreamNetworkError({ phase: 'body', cause }))),
  );
  const chunks = timely(named, { idleTimeout }, scheduler).pipe(map(chunkOf));
  if (!room) return take ? chunks.pipe(tap(take)) : chunks;
  return defer(() => {
    let waiting = 0;
    const bounded = chunks.pipe(
      tap(({ length }) => {
        waiting += length + ENTRY_COST;
        if (waiting > MAX_WAITING) {
          throw new StreamOverflowError({ option: undefined, limit: MAX_WAITING, size: waiting });
        }
      }),
    );
    return heldBack(
      () => bounded,
      (chunk) =>
        room.pipe(
          map(() => {
            waiting -= chunk.length + ENTRY_COST;
            take?.(chunk);
            return chunk;
          }),
        ),
      1,
    );
  });
}
