import type { Sink } from './decoder';
import { BYTE_ORDER_MARK, SPACE } from './jsonLine';
import { MAX_DEPTH } from './nesting';

/** Number of lines that were read so far, blank ones too. */
export interface LineCount {
  lineNumber: number;
}

/**
 * Parses the lines of a text that hold a JSON value each, up to one that does not, or that is not whole. Returns the
 * place of this line.
 *
 * This is a shortcut of `ndjsonDecoder`, which reads any line, and tells the place of a bad one. Like
 * `readUsualBlocks`, it is not a closure, and never looks beyond the end of the text: short values take a fifth less
 * time. A carriage return at the end of a line is white space of JSON.
 *
 * @param from - A place where a line begins.
 * @param maxLineLength - Length of the longest line, in UTF-16 code units. A longer line is left.
 */
export function readUsualLines(
  text: string,
  from: number,
  sink: Sink<unknown>,
  maxLineLength: number,
  count: LineCount,
): number {
  const { length } = text;
  // No shorter line can have more brackets than `JSON.parse` may be given.
  const longest = Math.min(maxLineLength, MAX_DEPTH);
  let start = from;
  while (start < length && !sink.closed) {
    const first = text.charCodeAt(start);
    // `JSON.parse` would throw, which takes a hundred times as long as to read a short line.
    if (first <= SPACE || first === BYTE_ORDER_MARK) break;
    const end = text.indexOf('\n', start);
    if (end === -1 || end - start > longest) break;
    let value: unknown;
    try {
      value = JSON.parse(text.slice(start, end));
    } catch {
      break;
    }
    count.lineNumber++;
    start = end + 1;
    sink.next(value);
  }
  return start;
}
