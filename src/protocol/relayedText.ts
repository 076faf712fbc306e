/** The place where text of a line format stands: between two blocks, between two lines of one, or within a line. */
export type TextPlace = 'block' | 'line' | 'within';

/** Follows encoded text that passes as it is. */
export interface RelayedText {
  pass(bytes: Uint8Array): void;
  /**
   * Tells the place at which the text that has passed ends. Asked rarely: `pass` is called for every chunk of every
   * client.
   */
  place(): TextPlace;
  /**
   * Is told that text of our own follows, and says where theirs has ended. Throws a `TypeError` that names what
   * follows where it would become one line with theirs.
   */
  close(next: string, index: number): 'block' | 'line';
}

/** Two line breaks of two bytes each. */
const TAIL = 4;
const NOTHING: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/**
 * Keeps the end of text that others have encoded, so that nothing of ours is written into one of their lines: a line
 * ends at CR, LF or CRLF, and a block at an empty line (WHATWG HTML §9.2.5).
 */
export const relayedText = (): RelayedText => new Relayed();

/** A class, because every client has one, and each delivery passes it. */
class Relayed implements RelayedText {
  #last = NOTHING;

  pass(bytes: Uint8Array): void {
    this.#last = bytes.length < TAIL ? Uint8Array.of(...this.#last.subarray(-TAIL), ...bytes) : bytes;
  }

  place(): TextPlace {
    if (this.#last.length === 0) return 'block';
    const tail = String.fromCharCode(...this.#last.subarray(-TAIL)).replace(/\r\n?/g, '\n');
    if (tail.endsWith('\n\n')) return 'block';
    return tail.endsWith('\n') ? 'line' : 'within';
  }

  close(next: string, index: number): 'block' | 'line' {
    const at = this.place();
    if (at === 'within') {
      throw new TypeError(`${next} ${index}: expected a whole line before it, got bytes that end within one`);
    }
    this.#last = NOTHING;
    return at;
  }
}
