import {
  EMPTY,
  Subject,
  Subscription,
  noop,
  catchError,
  defer,
  exhaustMap,
  finalize,
  from,
  ignoreElements,
  map,
  merge,
  mergeMap,
  of,
  repeat,
  retry,
  share,
  take,
  takeWhile,
  tap,
  timeout,
  timer,
  using,
} from 'rxjs';
import type { Observable, Unsubscribable } from 'rxjs';
import type { Listener, RedisCommands, StreamPlace } from './commands';
import { BEFORE_ALL, isAfter } from './ids';
import { persistently } from './persistently';

/** Time for which the connection waits for entries, in milliseconds. After it all streams are read again. */
const WAIT = 5_000;
/** The same where no other connection may end a wait for the sake of a stream that joins. */
const SHORT_WAIT = 250;
/** Time after which what should have been answered counts as lost with its connection, in milliseconds. */
const GRACE = 5_000;
/** Time for which the connection is kept when no stream is left, in milliseconds. */
const IDLE = 1_000;
/** Time between two tries to end a wait that may not have begun, in milliseconds. */
const AGAIN = 10;

/** A stream that has readers. */
interface Watched {
  readonly subject: Subject<void>;
  readonly running: Subscription;
  readers: number;
  /** The id up to which the readers were woken; unset until one of them knows where the stream is. */
  told: string | undefined;
  /** The newest id that a reader has seen. */
  newest: string | undefined;
}

/**
 * Tells the readers of streams when there may be more. One connection waits for all the streams of a server, whatever
 * the number of readers, and only wakes them: they read by themselves, and see by their own ids what is missing.
 */
export class WakeUps {
  readonly #commands: RedisCommands;
  readonly #streams = new Map<string, Watched>();
  readonly #joinSubject = new Subject<void>();
  readonly #listening$: Observable<never>;
  /** Time of waits that have found nothing, in milliseconds. */
  #silence = 0;

  constructor(commands: RedisCommands) {
    this.#commands = commands;
    // A connection that fails is given up, so that no command of it is waited for, or comes back on the next one.
    this.#listening$ = using(
      () => new Listening(commands.listen()),
      (listening) => this.#listen((listening as Listening).listener),
    ).pipe(
      retry({
        delay: (_, count) =>
          timer(Math.min(20 * 2 ** count, 1_000)).pipe(
            tap(() => {
              this.#wakeAll();
            }),
          ),
        resetOnSuccess: true,
      }),
      ignoreElements(),
      share({ resetOnRefCountZero: () => timer(IDLE) }),
    );
  }

  /** Emits when there may be more in a stream. */
  changes(key: string): Observable<void> {
    return defer(() => {
      const stream = this.#streams.get(key) ?? this.#join(key);
      stream.readers++;
      return merge(stream.subject, this.#listening$).pipe(
        finalize(() => {
          stream.readers--;
          if (stream.readers > 0) return;
          stream.running.unsubscribe();
          this.#streams.delete(key);
        }),
      );
    });
  }

  /** Adds a stream. Where it is has to be known before it can be waited for, whether or not its readers ask. */
  #join(key: string): Watched {
    const subject = new Subject<void>();
    const stream: Watched = {
      subject,
      running: new Subscription(),
      readers: 0,
      told: undefined,
      newest: undefined,
    };
    this.#streams.set(key, stream);
    stream.running.add(
      persistently(this.#commands, () => this.#commands.newest(key)).subscribe({
        next: (newest = BEFORE_ALL) => {
          this.begins(key, newest);
          subject.next();
        },
        // The readers are told the same by commands of their own.
        error: noop,
      }),
    );
    return stream;
  }

  /** Takes note of an id that a reader has read of a stream, so that it is not woken for it. */
  reached(key: string, id: string): void {
    const stream = this.#streams.get(key);
    if (!stream) return;
    if (stream.newest === undefined) this.#begin(stream, id);
    else if (isAfter(id, stream.newest)) stream.newest = id;
  }

  /** Takes note of the head of a stream, which is an older one where the server has lost data. */
  begins(key: string, head: string): void {
    const stream = this.#streams.get(key);
    if (!stream) return;
    if (stream.newest === undefined || isAfter(stream.newest, head)) this.#begin(stream, head);
  }

  #begin(stream: Watched, id: string): void {
    stream.told = stream.newest = id;
    this.#joinSubject.next();
  }

  #listen(listener: Listener): Observable<unknown> {
    return from(listener.connected).pipe(
      timeout(GRACE),
      mergeMap(() => this.#unblockable(listener)),
      // What came while nobody listened has woken nobody.
      tap(() => {
        this.#wakeAll();
      }),
      mergeMap((id) => defer(() => this.#wait(listener, id)).pipe(repeat())),
    );
  }

  /** The id by which the waits of a connection can be ended; none where a user must not do so. */
  #unblockable(listener: Listener): Observable<number | undefined> {
    return defer(() => listener.id()).pipe(
      mergeMap((id) => from(this.#commands.unblock(id)).pipe(map(() => id))),
      timeout(GRACE),
      catchError(() => of(undefined)),
    );
  }

  #wait(listener: Listener, id: number | undefined): Observable<unknown> {
    const places = this.#places();
    if (places.length === 0) return this.#joinSubject.pipe(take(1));
    const ms = id === undefined ? SHORT_WAIT : WAIT;
    let isInterrupted = false;
    const found$ = from(listener.wait(places, ms)).pipe(
      timeout(ms + GRACE),
      tap((found) => {
        if (found.length > 0) this.#found(found);
        else if (!isInterrupted) this.#silent(ms);
      }),
    );
    const interrupted$ = this.#joinSubject.pipe(
      exhaustMap(() => {
        isInterrupted = true;
        return id === undefined ? EMPTY : this.#unblock(id);
      }),
      ignoreElements(),
    );
    return merge(interrupted$, found$).pipe(take(1));
  }

  /** Ends the wait of a connection, which may reach the server later than this does. */
  #unblock(id: number): Observable<unknown> {
    return defer(() => this.#commands.unblock(id)).pipe(
      repeat({ delay: AGAIN }),
      takeWhile((isEnded) => !isEnded),
      catchError(() => EMPTY),
    );
  }

  /** The streams to wait for. Where a reader is ahead of what was told, the others are woken instead. */
  #places(): StreamPlace[] {
    const places: StreamPlace[] = [];
    const ahead: Watched[] = [];
    for (const [key, stream] of this.#streams) {
      if (stream.told === undefined || stream.newest === undefined) continue;
      if (isAfter(stream.newest, stream.told)) ahead.push(stream);
      stream.told = stream.newest;
      places.push([key, stream.told]);
    }
    for (const { subject } of ahead) subject.next();
    return places;
  }

  #found(places: readonly StreamPlace[]): void {
    for (const [key, id] of places) {
      const stream = this.#streams.get(key);
      if (!stream) continue;
      stream.told = id;
      this.reached(key, id);
      stream.subject.next();
    }
  }

  /** Has the streams read again after a silence: whoever was deleted and began anew may be waited for in vain. */
  #silent(ms: number): void {
    this.#silence += ms;
    if (this.#silence < WAIT) return;
    this.#silence = 0;
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const { subject } of [...this.#streams.values()]) subject.next();
  }
}

/** A listener as long as somebody needs it. */
class Listening implements Unsubscribable {
  constructor(readonly listener: Listener) {}

  unsubscribe(): void {
    this.listener.close();
  }
}

/** The wake-ups of each server, by its commands, and in a cluster by the hash tag of a key, too. */
const known = /* @__PURE__ */ new WeakMap<RedisCommands, Map<string, WakeUps>>();

/** The wake-ups that are shared by all streams which one command can wait for. */
export function wakeUpsOf(commands: RedisCommands, tag: string): WakeUps {
  const groups = known.get(commands) ?? new Map<string, WakeUps>();
  known.set(commands, groups);
  const group = commands.isCluster ? tag : '';
  let wakeUps = groups.get(group);
  if (!wakeUps) groups.set(group, (wakeUps = new WakeUps(commands)));
  return wakeUps;
}
