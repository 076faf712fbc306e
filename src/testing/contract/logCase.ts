import type { CheckedLog } from './checkedLog';

/** One case of the contract of a log. */
export interface LogCase {
  /** The behaviour in words. */
  readonly name: string;
  /**
   * Rejects with an `Error` if a log does not have the behaviour.
   *
   * @param open - Opens another log.
   */
  readonly prove: (log: CheckedLog, open: () => Promise<CheckedLog>) => Promise<void>;
}
