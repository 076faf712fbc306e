import type { Progress } from './transfer';

/**
 * Throws unless the source has sent what it announced, and the target has stored what was sent to it. An end alone
 * says neither: gzip that is cut can look whole, and a target may answer whatever it likes.
 */
export function agreed({ total, read, written, stored }: Progress): void {
  if (total !== undefined && read !== total) {
    throw new Error(`The source announced ${total} rows, and ${read} came`);
  }
  if (stored !== written) {
    throw new Error(`The target was sent ${written} rows, and says that it has stored ${String(stored)}`);
  }
}
