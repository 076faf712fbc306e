/** A place in a text of lines: between two blocks, between two lines of one block, or within a line. */
export type TextPlace = 'block' | 'line' | 'within';

/** Tracks the lines of text that a source has already encoded, and that the body passes on unchanged. */
export interface RelayedText {
  /** Notes a chunk that the body passes on. It does as little as possible: each chunk of each client passes here. */
  pass(bytes: Uint8Array): void;
  /** Returns the place at which the passed text ends. */
  place(): TextPlace;
  /**
   * Returns the place at which the passed text ends, and forgets that text, because a frame of the library follows.
   * Throws a `TypeError` if the passed text ends within a line, which the frame would become a part of.
   *
   * @param next - The kind of the frame, such as `message`, for the error.
   * @param index - The index of the frame's value, for the error.
   */
  close(next: string, index: number): 'block' | 'line';
}

/** Bytes that tell the place: two line breaks of two bytes each. */
const TAIL = 4;
const NOTHING: Uint8Array = /* @__PURE__ */ new Uint8Array(0);

/**
 * Tracks text that a source has encoded, so that no frame or comment of the library is written into one of its lines. A
 * line ends at CR, LF or CRLF, and a block at an empty line (WHATWG HTML §9.2.5).
 */
export const relayedText = (): RelayedText => new Relayed();

/** A class and not closures, because every client has one, and every delivery calls `pass`. */
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
