import type { Observable, ObservableInput } from 'rxjs';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { MessageLog } from './log';

/** The answer to a claim on an id. */
export interface LogClaim<T extends SseMessageInit = SseMessageInit> {
  /** The log of the id. The caller that obtains the claim fills the log; all other callers only read it. */
  readonly log: MessageLog<T>;
  /**
   * Set only for the caller that obtains the claim, which subscribes to it until the log has ended; an engine renews
   * the lease of the claim during that time. Emits when `stop` is called with the id, in any process. Errors when the
   * claim is lost, after which `append` of the log has to fail (fencing).
   */
  readonly stopped?: Observable<unknown> | undefined;
}

/**
 * Logs by the ids of answers, on which `durable` is built. `memoryLogs` are those of a single process; another engine
 * implements these three members.
 *
 * A method may answer synchronously, with an array that contains the answer (`[claim]`), or later, with a promise.
 * Within one process an id has to give the same log object each time, because all clients of a log share what is read
 * from it.
 */
export interface MessageLogs<T extends SseMessageInit = SseMessageInit> {
  /**
   * Claims an id. Among all processes one caller obtains the claim, until the log is deleted, which happens some time
   * after its end. A log whose publisher has died, as an engine knows from the lease, ends with an error.
   */
  claim(id: string): ObservableInput<LogClaim<T>>;
  /** Answers with the log of an id that was claimed, or with `undefined` if no log is stored under the id. */
  find(id: string): ObservableInput<MessageLog<T> | undefined>;
  /** Stops the publisher of an id. Answers whether the id had a log that had not ended. */
  stop(id: string): ObservableInput<boolean>;
}
