/** How many pieces are kept at a time. */
const PIECES = 1024;

/**
 * Text that is appended to. Engines keep the pieces until somebody looks into the text, at 30 bytes each and more: of what
 * comes in pieces of one character, that is 30 times the text.
 */
export class GrowingText {
  private settled = '';
  /** Is empty only while all of it is. */
  private recent = '';
  private pieces = 0;

  get isEmpty(): boolean {
    return this.recent === '';
  }

  get length(): number {
    return this.settled.length + this.recent.length;
  }

  append(piece: string): void {
    this.recent += piece;
    if (++this.pieces < PIECES) return;
    // Cutting something off is what puts the rest together.
    this.settled += this.recent.slice(0, -1);
    this.recent = this.recent.slice(-1);
    this.pieces = 0;
  }

  /** Empties it, and gives what was in it. */
  take(): string {
    const all = this.settled + this.recent;
    this.clear();
    return all;
  }

  clear(): void {
    this.settled = this.recent = '';
    this.pieces = 0;
  }
}
