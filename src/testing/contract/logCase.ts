import type { AskedLog } from './askedLog';

/** One case of the contract of a log. */
export interface LogCase {
  /** The behaviour, in words. */
  readonly name: string;
  /**
   * Rejects with an `Error` in words where a log does not behave like that.
   *
   * @param open - Opens another one.
   */
  readonly prove: (log: AskedLog, open: () => Promise<AskedLog>) => Promise<void>;
}
