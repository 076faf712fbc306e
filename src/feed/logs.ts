import type { Observable, ObservableInput } from 'rxjs';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { MessageLog } from './log';

/** Answer to a claim on an id. */
export interface LogClaim<T extends SseMessageInit = SseMessageInit> {
  /** The log of the id. Whoever has the claim fills it, and all others read it. */
  readonly log: MessageLog<T>;
  /**
   * Set for the one who has got the claim, and subscribed by it until the log has ended: an engine renews a lease
   * meanwhile. Emits when `stop` was called with the id, in any process. Errors when the claim is lost, after which
   * `append` of the log has to fail (fencing).
   */
  readonly stopped?: Observable<unknown> | undefined;
}

/**
 * Logs by the ids of answers: what `durable` runs on. `memoryLogs` are those of a single process; another engine
 * implements these three members.
 *
 * The answers to them may come at once (an array that holds the answer, as `[claim]`) or later (a promise). In one
 * process an id gives the same log each time, since clients of one log share what is read of it.
 */
export interface MessageLogs<T extends SseMessageInit = SseMessageInit> {
  /**
   * Claims an id. One claim is given for each id, in all processes, until its log is deleted: some time after it has
   * ended. A log whose publisher has died, which an engine knows by its lease, ends with an error.
   */
  claim(id: string): ObservableInput<LogClaim<T>>;
  /** Answers with the log of an id that was claimed, or with `undefined` where none is held. */
  find(id: string): ObservableInput<MessageLog<T> | undefined>;
  /** Tells the one who has the claim to stop. Answers whether there was one whose log had not ended. */
  stop(id: string): ObservableInput<boolean>;
}
