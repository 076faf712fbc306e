import type { Observable, ObservableInput } from 'rxjs';
import type { SseMessageInit } from '../protocol/sseMessage';

/** The end of a log: nothing is appended to it any more. */
export interface LogEnd {
  /** `true` if what was published has failed, `false` if it has completed. */
  readonly failed: boolean;
  /** The failure itself, or as much of it as the engine has kept. */
  readonly error?: unknown;
}

/** A part of a log. */
export interface LogPage<T extends SseMessageInit = SseMessageInit> {
  /**
   * Messages that follow each other, oldest first, each with its id. After a gap they begin with the oldest that is
   * held.
   */
  readonly messages: readonly T[];
  /**
   * Whether messages may be missing between the id that was asked for and these: the log does not know that id (any
   * more).
   */
  readonly isGap?: boolean | undefined;
  /** Set if the log has ended and nothing follows these messages. */
  readonly end?: LogEnd | undefined;
}

/**
 * A log of messages, each under an id, that any number of clients read from wherever they are: what `resumable`
 * serves and `appendTo` fills. `memoryLog` is the one for a single process; a log on another engine implements these
 * four members.
 *
 * Answers may come at once (an array that holds the answer, as `[page]`) or later (a promise).
 */
export interface MessageLog<T extends SseMessageInit = SseMessageInit> {
  /**
   * Appends messages, all of them or none, and answers with their ids, in their order. An id must not come back in
   * another life of the log, as after lost data. Fails once the log has ended.
   *
   * @param end - Ends the log after these messages.
   */
  append(messages: readonly T[], end?: LogEnd): ObservableInput<readonly string[]>;
  /**
   * Answers with what follows an id, or with the oldest messages where there is none.
   *
   * @param limit - Number of messages, at the most. Fewer say that there are no more now.
   */
  read(after: string | undefined, limit: number): ObservableInput<LogPage<T>>;
  /** Answers with the id after which everything is yet to come. Of an empty log that is an id, too. */
  head(): ObservableInput<string>;
  /** Emits when there may be more to read. It may emit too often, and must emit when it listens again after a pause. */
  readonly changes: Observable<unknown>;
}
