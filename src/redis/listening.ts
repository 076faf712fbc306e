import {
  EMPTY,
  catchError,
  defer,
  exhaustMap,
  from,
  ignoreElements,
  map,
  merge,
  mergeMap,
  of,
  repeat,
  retry,
  take,
  takeWhile,
  tap,
  timeout,
  timer,
  using,
} from 'rxjs';
import type { Observable, Unsubscribable } from 'rxjs';
import type { Listener, RedisCommands } from './commands';
import type { WatchedStreams } from './watchedStreams';

/** Time for which the connection waits for entries, in milliseconds. After it all streams are polled. */
const WAIT = 5_000;
/** The same time if `unblock` is not available: a stream that is added joins only at the next wait. */
const SHORT_WAIT = 250;
/** Time after which a missing reply counts as lost with its connection, in milliseconds. */
const GRACE = 5_000;
/** Time between two attempts to end a wait that may not have reached the server, in milliseconds. */
const AGAIN = 10;

/** Closes a listener when the stream that uses it is unsubscribed. */
class Lease implements Unsubscribable {
  constructor(readonly listener: Listener) {}

  unsubscribe(): void {
    this.listener.close();
  }
}

/**
 * Waits for new entries of streams on a separate connection, and wakes the readers of those streams. The Observable
 * never ends: a connection that fails is replaced by another one.
 */
export function listening(commands: RedisCommands, streams: WatchedStreams): Observable<never> {
  /** Duration of the latest waits that found nothing, in milliseconds. */
  let silence = 0;

  /**
   * Makes the readers poll when nothing was found for `WAIT`. A stream that was deleted and begun again may have lower
   * IDs than the place that the connection waits for.
   */
  const silent = (ms: number): void => {
    silence += ms;
    if (silence < WAIT) return;
    silence = 0;
    streams.wakeAll();
  };

  /** Emits the ID by which a wait of the listener can be ended, or `undefined` if the user lacks the permission. */
  const unblockable = (listener: Listener): Observable<number | undefined> =>
    defer(() => listener.id()).pipe(
      mergeMap((id) => from(commands.unblock(id)).pipe(map(() => id))),
      timeout(GRACE),
      catchError(() => of(undefined)),
    );

  /** Ends the wait of a connection. It repeats, because the command may reach the server before the wait does. */
  const unblock = (id: number): Observable<unknown> =>
    defer(() => commands.unblock(id)).pipe(
      repeat({ delay: AGAIN }),
      takeWhile((isEnded) => !isEnded),
      catchError(() => EMPTY),
    );

  const wait = (listener: Listener, id: number | undefined): Observable<unknown> => {
    const places = streams.places();
    if (places.length === 0) return streams.placed$.pipe(take(1));
    const ms = id === undefined ? SHORT_WAIT : WAIT;
    let isInterrupted = false;
    const found$ = from(listener.wait(places, ms)).pipe(
      timeout(ms + GRACE),
      tap((found) => {
        if (found.length > 0) streams.found(found);
        else if (!isInterrupted) silent(ms);
      }),
    );
    const interrupted$ = streams.placed$.pipe(
      exhaustMap(() => {
        isInterrupted = true;
        return id === undefined ? EMPTY : unblock(id);
      }),
      ignoreElements(),
    );
    return merge(interrupted$, found$).pipe(take(1));
  };

  const listen = (listener: Listener): Observable<unknown> =>
    from(listener.connected).pipe(
      timeout(GRACE),
      mergeMap(() => unblockable(listener)),
      // Entries that were added before the connection was made have not woken the readers.
      tap(() => {
        streams.wakeAll();
      }),
      mergeMap((id) => defer(() => wait(listener, id)).pipe(repeat())),
    );

  // A connection that fails is closed, so that the client does not send its pending commands on the next one.
  return using(
    () => new Lease(commands.listen()),
    (lease) => listen((lease as Lease).listener),
  ).pipe(
    retry({
      delay: (_, count) =>
        timer(Math.min(20 * 2 ** count, 1_000)).pipe(
          tap(() => {
            streams.wakeAll();
          }),
        ),
      resetOnSuccess: true,
    }),
    ignoreElements(),
  );
}
