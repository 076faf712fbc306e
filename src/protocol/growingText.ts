import { flat } from '../errors';
import { apart } from './apart';

/** How many pieces are kept at a time. */
const PIECES = 1024;

/**
 * Text that is appended to, and kept meanwhile. Engines keep the pieces until the text is searched, at 30 bytes each
 * and more: of what comes in pieces of one character, that is 30 times the text. With a piece that was cut out of
 * another text they keep all of that text.
 */
export class GrowingText {
  length = 0;
  /** Copies of many pieces each. */
  private settled = '';
  /** The text that was appended until the last `settle`. */
  private recent = '';
  private pieces = 0;
  /** The text that was appended since. */
  private fresh = '';

  get isEmpty(): boolean {
    return this.length === 0;
  }

  append(piece: string): void {
    this.fresh += piece;
    this.length += piece.length;
  }

  /**
   * Makes sure that the pieces keep little more than themselves of the text that they were cut from. To be called once
   * that text has been read.
   *
   * @param length - How long the text was.
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

  /** Empties it, and gives what was in it. */
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
