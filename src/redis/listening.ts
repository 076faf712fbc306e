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

/** Time for which the connection waits for entries, in milliseconds. After it all streams are read again. */
const WAIT = 5_000;
/** The same where no other connection may end a wait for the sake of a stream that joins. */
const SHORT_WAIT = 250;
/** Time after which what should have been answered counts as lost with its connection, in milliseconds. */
const GRACE = 5_000;
/** Time between two tries to end a wait that may not have begun, in milliseconds. */
const AGAIN = 10;

/** A listener as long as somebody needs it. */
class Lease implements Unsubscribable {
  constructor(readonly listener: Listener) {}

  unsubscribe(): void {
    this.listener.close();
  }
}

/**
 * Waits for entries of streams on a connection of its own, again and again, and wakes their readers. It never ends: a
 * connection that fails is given up for another one.
 */
export function listening(commands: RedisCommands, streams: WatchedStreams): Observable<never> {
  /** Time of waits that have found nothing, in milliseconds. */
  let silence = 0;

  /** Has the streams read again after a silence: one that was deleted and began anew may be waited for in vain. */
  const silent = (ms: number): void => {
    silence += ms;
    if (silence < WAIT) return;
    silence = 0;
    streams.wakeAll();
  };

  /** The id by which the waits of a connection can be ended; none where a user must not do so. */
  const unblockable = (listener: Listener): Observable<number | undefined> =>
    defer(() => listener.id()).pipe(
      mergeMap((id) => from(commands.unblock(id)).pipe(map(() => id))),
      timeout(GRACE),
      catchError(() => of(undefined)),
    );

  /** Ends the wait of a connection, which may reach the server later than this does. */
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
      // What came while nobody listened has woken nobody.
      tap(() => {
        streams.wakeAll();
      }),
      mergeMap((id) => defer(() => wait(listener, id)).pipe(repeat())),
    );

  // A connection that fails is given up, so that no command of it is waited for, or comes back on the next one.
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
