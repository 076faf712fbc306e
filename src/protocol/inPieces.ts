import { flat } from '../errors';

/** The shortest piece, in bytes or UTF-16 code units, and how far before its end a line of short ones ends. */
const PIECE = 4096;
const NEAR = 32;
/** The same for the longest piece: where lines are not short, more pieces make a stream a third slower. */
const PIECES = 4 * PIECE;
const FAR = 512;
/** Longer is only a text of lines that are longer than `FAR`. */
export const LONGEST_PIECE = PIECES + PIECE;

const LF = 0x0a;

/**
 * Hands on a long chunk in pieces of 4 to 16 Ki that end with a line feed, where there is one. Engines keep the whole text
 * in memory that a short one was cut from: so a message keeps a piece, and not a chunk of any length.
 *
 * @param take - Is called with each piece, at once.
 */
export function inPieces<T extends Uint8Array | string>(chunk: T, take: (piece: T) => void): void {
  const { length } = chunk;
  let start = 0;
  for (let most = PIECE; most + PIECE < length; most += PIECE) {
    const isLongest = most - start > PIECES - PIECE / 2;
    const least = most - (isLongest ? FAR : NEAR);
    let end = most;
    // Loops, because what the platform has to search with does not end within reach.
    if (typeof chunk === 'string') while (end > least && chunk.charCodeAt(end - 1) !== LF) end--;
    else while (end > least && chunk[end - 1] !== LF) end--;
    if (end > least) {
      take(part(chunk, start, end));
      start = end;
    } else if (isLongest) break;
  }
  take(start === 0 ? chunk : part(chunk, start, length));
}

/** Decoding makes a text of its own of bytes. */
const part = <T extends Uint8Array | string>(chunk: T, from: number, to: number): T =>
  (typeof chunk === 'string' ? flat(chunk.slice(from, to)) : chunk.subarray(from, to)) as T;
