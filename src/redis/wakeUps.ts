import { defer, finalize, merge, noop, share, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import type { RedisCommands } from './commands';
import { BEFORE_ALL } from './ids';
import { listening } from './listening';
import { persistently } from './persistently';
import { WatchedStreams } from './watchedStreams';
import type { WatchedStream } from './watchedStreams';

/** Time for which the connection is kept when no stream is left, in milliseconds. */
const IDLE = 1_000;

/**
 * Tells the readers of streams when there may be more. One connection waits for all the streams of a server, whatever
 * the number of readers, and only wakes them: they read by themselves, and see by their own ids what is missing.
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
          this.#streams.remove(key);
        }),
      );
    });
  }

  /** Takes note of an id that a reader has read of a stream, so that it is not woken for it. */
  reached(key: string, id: string): void {
    this.#streams.reached(key, id);
  }

  /** Takes note of the head of a stream, which is an older one where the server has lost data. */
  begins(key: string, head: string): void {
    this.#streams.begins(key, head);
  }

  /** Adds a stream. Its place has to be known before it can be waited for, whether or not its readers ask. */
  #join(key: string): WatchedStream {
    const stream = this.#streams.add(key);
    stream.running.add(
      persistently(this.#commands, () => this.#commands.newest(key)).subscribe({
        next: (newest = BEFORE_ALL) => {
          this.#streams.begins(key, newest);
          stream.subject.next();
        },
        // The readers are told the same by commands of their own.
        error: noop,
      }),
    );
    return stream;
  }
}
