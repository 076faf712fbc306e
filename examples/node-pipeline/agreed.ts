/** Progress of a transfer, in rows. */
export interface Progress {
  /** Rows to come, where the source says. */
  total: number | undefined;
  read: number;
  /** Rows in the file, each of which the target gets as well. */
  written: number;
  /** Whether the target has taken the upload to its end. */
  isSent: boolean;
  /** Rows in the last receipt of the target. */
  stored: number | undefined;
}

/**
 * Throws unless the source has sent what it announced, and the target has taken and stored all of the upload. An end
 * alone says neither: gzip that is cut can look whole, and a target may answer whatever it likes.
 */
export function agreed({ total, read, written, isSent, stored }: Progress): void {
  if (!isSent) throw new Error('The target answered before it had everything');
  if (total !== undefined && read !== total) {
    throw new Error(`The source announced ${total} rows, and ${read} came`);
  }
  if (stored !== written) {
    throw new Error(`The target was sent ${written} rows, and says that it has stored ${String(stored)}`);
  }
}
