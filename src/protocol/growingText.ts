import { flat } from '../errors';
import { apart } from './apart';

/** Pieces that are joined into one text at a time. */
const PIECES = 1024;

/**
 * Collects a text in pieces, in little more memory than the text itself. A plain `+=` takes more for two reasons:
 *
 * - An engine keeps the pieces apart until the text is searched, at 30 bytes or more each. A text that arrives one
 *   character at a time takes 30 times its length.
 * - For a piece that was cut out of a chunk, an engine keeps the whole chunk. Short chunks are kept until `PIECES` of
 *   their pieces are joined.
 */
export class GrowingText {
  length = 0;
  /** The joined text of all full rounds of `PIECES` pieces. */
  private settled = '';
  /** The text that was appended before the last `settle`, and that is not joined yet. */
  private recent = '';
  private pieces = 0;
  /** The text that was appended since the last `settle`, which still refers to its chunk. */
  private fresh = '';

  get isEmpty(): boolean {
    return this.length === 0;
  }

  append(piece: string): void {
    this.fresh += piece;
    this.length += piece.length;
  }

  /**
   * Detaches the pieces from a long chunk that they were cut from, so that the chunk can be garbage-collected. Call it
   * once for each chunk, after the chunk has been read.
   *
   * @param length - The length of the chunk.
   */
  settle(length: number): void {
    if (this.fresh === '') return;
    this.recent += apart(this.fresh, length);
    this.fresh = '';
    if (++this.pieces < PIECES) return;
    this.settled += flat(this.recent);
    this.recent = '';
    this.pieces = 0;
  }

  /** Returns the whole text, and begins an empty one. */
  take(): string {
    const all = this.settled + this.recent + this.fresh;
    this.clear();
    return all;
  }

  clear(): void {
    this.settled = this.recent = this.fresh = '';
    this.length = this.pieces = 0;
  }
}
