import { flat } from '../errors';

/** The shortest piece, in bytes or UTF-16 code units. */
const PIECE = 4096;
/**
 * Distance before the end of a shortest piece within which a line feed is searched: only short lines have one there.
 */
const NEAR = 32;
/** The longest piece. Where lines are not short, pieces of 4 Ki alone would make a stream a third slower. */
const PIECES = 4 * PIECE;
/** Distance before the end of a longest piece within which a line feed is searched. */
const FAR = 512;
/** The longest piece that `inPieces` passes on, other than the rest of a chunk whose lines are longer than `FAR`. */
export const LONGEST_PIECE = PIECES + PIECE;

const LF = 0x0a;

/**
 * Passes on a long chunk in pieces of 4 to 16 Ki that end with a line feed. An engine keeps the whole text in memory
 * that a message was cut from, so a message that outlives its chunk keeps one piece and not a chunk of any length. If
 * no line feed is within reach, the rest of the chunk is one piece.
 *
 * @param take - Receives each piece synchronously.
 */
export function inPieces<T extends Uint8Array | string>(chunk: T, take: (piece: T) => void): void {
  const { length } = chunk;
  let start = 0;
  for (let most = PIECE; most + PIECE < length; most += PIECE) {
    const isLongest = most - start > PIECES - PIECE / 2;
    const least = most - (isLongest ? FAR : NEAR);
    let end = most;
    // These are loops, because `lastIndexOf` cannot be told to stop searching after a distance.
    if (typeof chunk === 'string') while (end > least && chunk.charCodeAt(end - 1) !== LF) end--;
    else while (end > least && chunk[end - 1] !== LF) end--;
    if (end > least) {
      take(part(chunk, start, end));
      start = end;
    } else if (isLongest) break;
  }
  take(start === 0 ? chunk : part(chunk, start, length));
}

/** Cuts a piece out of a chunk. A piece of text is copied. Bytes are not, because decoding makes a text of them. */
const part = <T extends Uint8Array | string>(chunk: T, from: number, to: number): T =>
  (typeof chunk === 'string' ? flat(chunk.slice(from, to)) : chunk.subarray(from, to)) as T;
