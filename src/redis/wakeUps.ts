import { defer, finalize, merge, noop, share, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import type { RedisCommands } from './commands';
import { BEFORE_ALL } from './ids';
import { listening } from './listening';
import { persistently } from './persistently';
import { WatchedStreams } from './watchedStreams';
import type { WatchedStream } from './watchedStreams';

/** Time for which the connection stays open when no stream has readers, in milliseconds. */
const IDLE = 1_000;

/**
 * Wakes the readers of streams when there may be new entries. One connection waits for all streams of a server,
 * whatever the number of readers. It only wakes the readers: each reads by itself, from the ID that it has reached.
 */
export class WakeUps {
  readonly #commands: RedisCommands;
  readonly #streams = new WatchedStreams();
  readonly #listening$: Observable<never>;

  constructor(commands: RedisCommands) {
    this.#commands = commands;
    this.#listening$ = listening(commands, this.#streams).pipe(
      share({ resetOnRefCountZero: () => timer(IDLE) }),
    );
  }

  /** Emits when a stream may have new entries. */
  changes(key: string): Observable<void> {
    return defer(() => {
      const stream = this.#streams.get(key) ?? this.#join(key);
      stream.readers++;
      return merge(stream.subject, this.#listening$).pipe(
        finalize(() => {
          stream.readers--;
          if (stream.readers > 0) return;
          stream.running.unsubscribe();
          this.#streams.remove(key);
        }),
      );
    });
  }

  /** Records the ID that a reader of a stream has reached, so that no reader is woken for older entries. */
  reached(key: string, id: string): void {
    this.#streams.reached(key, id);
  }

  /** Records the head of a stream. If the server has lost data, the head may be older than the recorded ID. */
  begins(key: string, head: string): void {
    this.#streams.begins(key, head);
  }

  /** Adds a stream, and reads its newest ID, because the connection can wait only for entries after a known ID. */
  #join(key: string): WatchedStream {
    const stream = this.#streams.add(key);
    stream.running.add(
      persistently(this.#commands, () => this.#commands.newest(key)).subscribe({
        next: (newest = BEFORE_ALL) => {
          this.#streams.begins(key, newest);
          stream.subject.next();
        },
        // The commands of the readers fail with the same error.
        error: noop,
      }),
    );
    return stream;
  }
}
