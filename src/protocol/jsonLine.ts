import { StreamParseError, StreamTruncatedError } from '../errors';
import { checkNesting } from './nesting';

/**
 * A line of the input, with its place:
 *
 * - `lineNumber` counts all lines from 1, blank ones too;
 * - `offset` is the place of its first character in the input, in UTF-16 code units;
 * - `terminated` is whether a line feed ended the line. A last line without a line feed may have been cut.
 */
export type JsonLine = [text: string, lineNumber: number, offset: number, terminated: boolean];

/** Parses the text of one JSON value. */
export type Parse = (text: string) => unknown;

export const SPACE = 0x20;
export const BYTE_ORDER_MARK = 0xfeff;

/** Names the missing part of a body in a `StreamTruncatedError` if the last line is not whole. */
export const REST_OF_LINE = 'the rest of its last line';

/** Whether a line has only the white space of JSON (RFC 8259 §2). `trim` removes more kinds of white space. */
export const isBlank = (text: string): boolean =>
  // Most lines begin with a visible character. Trying the pattern on these would cost as much as reading the line.
  !(text.charCodeAt(0) > SPACE) && /^[\t\n\r ]*$/.test(text);

/** Removes the byte order marks at the beginning of a line, which joined files leave in the middle of a text. */
export const withoutMarks = (text: string): string =>
  text.charCodeAt(0) === BYTE_ORDER_MARK ? text.replace(/^\uFEFF+/, '') : text;

const parseText: Parse = (text) => {
  checkNesting(text);
  return JSON.parse(text) as unknown;
};

/**
 * Parses the text of a line. If `parse` throws, this function throws an error with that `cause`:
 *
 * - {@link StreamParseError} for a line that is whole;
 * - {@link StreamTruncatedError} for the unfinished line at the end of a body, which was probably cut.
 *
 * @see `ndjsonLine` writes a line.
 */
export function parseJsonText(
  text: string,
  lineNumber: number,
  offset: number,
  terminated: boolean,
  parse = parseText,
): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw terminated
      ? new StreamParseError({ line: text, lineNumber, offset, cause })
      : new StreamTruncatedError({ missing: REST_OF_LINE, pending: text, cause });
  }
}
