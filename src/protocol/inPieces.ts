import { flat } from '../errors';

/** The shortest piece, in bytes or UTF-16 code units. */
const PIECE = 6144;
/**
 * Distance before the end of a shortest piece within which a line feed is searched: only short lines have one there.
 */
const NEAR = 32;
/**
 * The longest piece that ends at a line. Where lines are not short, pieces of 4 Ki alone would make a stream a third
 * slower. Pieces of 16 Ki make it a fifth slower.
 */
const PIECES = 4 * PIECE;
/** Distance before the end of a longest piece within which a line feed is searched. */
const FAR = 512;
/** The longest piece that `inPieces` passes on, other than the rest of a chunk whose lines are longer than `FAR`. */
export const LONGEST_PIECE = PIECES + PIECE;

const LF = 0x0a;
const CR = 0x0d;

/**
 * Passes on a long chunk in pieces of 6 to 24 Ki that end with a line feed. An engine keeps the whole text in memory
 * that a message was cut from, so a message that outlives its chunk keeps one piece and not a chunk of any length. If
 * no line feed is within reach, the rest of the chunk is one piece.
 *
 * @param take - Receives each piece synchronously.
 * @param inBlocks - Whether pieces are to end with a blank line, because a block that is cut takes longer to read.
 */
export function inPieces<T extends Uint8Array | string>(
  chunk: T,
  take: (piece: T) => void,
  inBlocks = false,
): void {
  const { length } = chunk;
  let start = 0;
  for (let most = PIECE; most + PIECE < length; most += PIECE) {
    const isLongest = most - start > PIECES - PIECE / 2;
    const least = most - (isLongest ? FAR : NEAR);
    const end = endIn(chunk, least, most, inBlocks, isLongest);
    if (end > 0) {
      take(part(chunk, start, end));
      start = end;
    } else if (isLongest) break;
  }
  take(start === 0 ? chunk : part(chunk, start, length));
}

/** Cuts a piece out of a chunk. A piece of text is copied. Bytes are not, because decoding makes a text of them. */
const part = <T extends Uint8Array | string>(chunk: T, from: number, to: number): T =>
  (typeof chunk === 'string' ? flat(chunk.slice(from, to)) : chunk.subarray(from, to)) as T;

/**
 * Returns the place after the last line of a part of a chunk, or 0 if no line ends there. In blocks it is the last
 * blank line, or also any other line if `orLine` is set.
 */
function endIn(
  chunk: Uint8Array | string,
  least: number,
  most: number,
  inBlocks: boolean,
  orLine: boolean,
): number {
  let line = 0;
  // Loops, because `lastIndexOf` cannot be told to stop searching after a distance. Two, because one for both types
  // would take three times as long.
  if (typeof chunk === 'string') {
    for (let end = most; end > least; end--) {
      if (chunk.charCodeAt(end - 1) !== LF) continue;
      if (!inBlocks || isBreak(chunk.charCodeAt(end - 2), chunk.charCodeAt(end - 3))) return end;
      line ||= end;
    }
  } else {
    for (let end = most; end > least; end--) {
      if (chunk[end - 1] !== LF) continue;
      if (!inBlocks || isBreak(chunk[end - 2], chunk[end - 3])) return end;
      line ||= end;
    }
  }
  return orLine ? line : 0;
}

/** Whether a line break ends in front of a line feed or of a CRLF, so that this ends a blank line. */
const isBreak = (before: number | undefined, beforeThat: number | undefined): boolean =>
  before === LF || (before === CR && beforeThat === LF);
