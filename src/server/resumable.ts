import { Subject, concat, defer, filter, merge, share, tap, throwError, timer } from 'rxjs';
import type { Observable, ObservableInput, ShareConfig } from 'rxjs';
import { StreamGapError } from '../errors';
import { Fifo } from '../operators/fifo';
import { observed } from '../operators/nativeObservable';
import type { StreamSource } from '../operators/nativeObservable';
import { check, checkOptions } from '../options/rules';
import { RESUMABLE, aSource } from '../options/table';
import type { SseMessageInit } from '../protocol/sse';

/** Options of {@link resumable}. */
export interface ResumableConfig<T extends SseMessageInit> {
  /** How many messages with ids are held for clients that come back. 1 000 if omitted. */
  bufferSize?: number | undefined;
  /**
   * What a client gets whose Last-Event-ID is not held: `'error'` (if omitted) a `StreamGapError`; `'replay'` all that
   * is held; or a function what it returns, a snapshot say, which has to complete. The last two go on with what came
   * meanwhile and is held, and live; where `bufferSize` was too little for that, it is a `StreamGapError` as well.
   */
  onGap?: 'error' | 'replay' | ((lastEventId: string) => ObservableInput<T>) | undefined;
  /**
   * What becomes of the source when its last client has left, as in `share`. If omitted it goes on for 60 s, so that a
   * lone client that is away for a moment loses nothing; a server that shuts down ends it with `takeUntil`.
   */
  resetOnRefCountZero?: ShareConfig<T>['resetOnRefCountZero'] | undefined;
}

/**
 * One source of messages for many clients, each of which continues exactly after the last message it has seen.
 *
 * The source is subscribed with the first client, and shared. What it emits with an id is held, the last `bufferSize`
 * messages; messages without one reach whoever is live. A client without a Last-Event-ID starts live, also one that
 * was cut off before its first message.
 *
 * ```
 * source:   --1--2--3--4--
 * first:    --1--2--3--4--
 * '1' at 9: ---------(23)4--
 * ```
 *
 * Gives what `toSseResponse` takes as a source: a function of the Last-Event-ID. Its Observables complete with the
 * source, which is over for good then: a client that comes later gets what it has missed, and the end. They error with
 * the source, which is then subscribed anew by the next client with nothing held; with `StreamGapError` (`onGap`); or
 * with what `onGap` errors with. Throws a `TypeError` when an option is out of its bounds.
 *
 * @example
 * ```ts
 * import { interval, map } from 'rxjs';
 * import { resumable, toSseResponse } from 'rxjs-http-streams';
 *
 * const feed = resumable(interval(1_000).pipe(map((n) => ({ id: String(n), data: { n } }))), { bufferSize: 100 });
 * export const GET = (request: Request) => toSseResponse(feed, { request });
 * ```
 */
export function resumable<T extends SseMessageInit>(
  source: StreamSource<T>,
  config: ResumableConfig<T> = {},
): (lastEventId?: string) => Observable<T> {
  check('source', source, aSource);
  checkOptions('config', config, RESUMABLE);
  const { bufferSize = 1_000, onGap = 'error', resetOnRefCountZero = () => timer(60_000) } = config;
  let held = new Fifo<T>();
  /** How many were held before the oldest that still is. */
  let gone = 0;
  /** How many were held before the one with an id, the last one where it was repeated. */
  let places = new Map<string, number>();

  const hold = (message: T): void => {
    if (!message.id) return;
    places.set(message.id, gone + held.size);
    held.push(message);
    if (held.size <= bufferSize) return;
    const { id = '' } = held.shift();
    if (places.get(id) === gone) places.delete(id);
    gone++;
  };

  const live$ = defer(() => observed(source)).pipe(
    tap(hold),
    share({
      connector: () => {
        held = new Fifo();
        places = new Map();
        return new Subject();
      },
      // Its messages are still held, and its end is what those get who come after it.
      resetOnComplete: false,
      resetOnRefCountZero,
    }),
  );

  /** What is held from a place on, what comes meanwhile included. */
  function* heldFrom(place: number, lastEventId: string): Generator<T> {
    while (place < gone + held.size) {
      if (place < gone) throw new StreamGapError(lastEventId);
      const missed = held.slice(place - gone);
      place += missed.length;
      yield* missed;
    }
  }

  const after = (lastEventId: string): ObservableInput<T> => {
    const place = places.get(lastEventId);
    if (place !== undefined) return heldFrom(place + 1, lastEventId);
    if (onGap === 'replay') return heldFrom(gone, lastEventId);
    if (onGap === 'error') return throwError(() => new StreamGapError(lastEventId));
    const now = gone + held.size;
    return concat(onGap(lastEventId), heldFrom(now, lastEventId));
  };

  return (lastEventId) =>
    lastEventId
      ? defer(() => {
          let live = false;
          const missed$ = defer(() => after(lastEventId)).pipe(
            tap({
              complete: () => {
                live = true;
              },
            }),
          );
          // Live first, which starts the source.
          return merge(live$.pipe(filter(() => live)), missed$);
        })
      : live$;
}
