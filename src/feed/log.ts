import type { Observable, ObservableInput } from 'rxjs';
import type { SseMessageInit } from '../protocol/sseMessage';

/** The end of a log. Nothing can be appended after it. */
export interface LogEnd {
  /** `true` if the source of the messages failed, `false` if it completed. */
  readonly failed: boolean;
  /** The failure itself, or as much of it as the engine stores. */
  readonly error?: unknown;
}

/** A part of a log. */
export interface LogPage<T extends SseMessageInit = SseMessageInit> {
  /**
   * Consecutive messages, oldest first, each with its id. After a gap they begin with the oldest message that the log
   * retains.
   */
  readonly messages: readonly T[];
  /**
   * Whether messages may be missing between the requested id and the first message of this page: the log does not know
   * that id, or has deleted messages that followed it.
   */
  readonly isGap?: boolean | undefined;
  /** The end of the log, set only if nothing follows the messages of this page. */
  readonly end?: LogEnd | undefined;
}

/**
 * A log of messages, each under an id, from which any number of clients read at their own pace. `appendTo` fills a log,
 * and `resumable` serves it. `memoryLog` is the log of a single process; a log on another engine implements these four
 * members.
 *
 * A method may answer synchronously, with an array that contains the answer (`[page]`), or later, with a promise.
 */
export interface MessageLog<T extends SseMessageInit = SseMessageInit> {
  /**
   * Appends all of the messages or none, and answers with their ids in the same order. The log must never reuse an id,
   * even after it has lost its data. Fails once the log has ended.
   *
   * @param end - Ends the log after these messages.
   */
  append(messages: readonly T[], end?: LogEnd): ObservableInput<readonly string[]>;
  /**
   * Answers with the messages that follow an id, or with the oldest messages if the id is `undefined`.
   *
   * @param limit - Largest number of messages. An answer with fewer says that the log has no more at present.
   */
  read(after: string | undefined, limit: number): ObservableInput<LogPage<T>>;
  /** Answers with the id that all later messages follow. An empty log has such an id, too. */
  head(): ObservableInput<string>;
  /**
   * Emits when there may be more messages to read. It may emit more often than that, and must emit after every
   * interruption of its connection to the engine.
   */
  readonly changes: Observable<unknown>;
}
