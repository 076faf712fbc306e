import { StreamParseError, StreamTruncatedError } from '../errors';
import { checkNesting } from './nesting';

/**
 * One line of the input, and where it stood: its number, counted from 1, blank lines too; the offset of its first
 * character, in UTF-16 code units; whether a line feed ended it, or it is a last line that may have been cut.
 */
export type JsonLine = [text: string, lineNumber: number, offset: number, terminated: boolean];

/** Makes a value of the text of one JSON value. */
export type Parse = (text: string) => unknown;

const SPACE = 0x20;
const BYTE_ORDER_MARK = 0xfeff;

/** Names the part of a body that is missing where its last line is not whole. */
export const REST_OF_LINE = 'the rest of its last line';

/** Whether a line is empty but for the white space of JSON (RFC 8259 §2), which is less than what `trim` removes. */
export const isBlank = (text: string): boolean =>
  // Nothing more is asked of lines that begin as nearly all do: asking each costs as much as reading it.
  !(text.charCodeAt(0) > SPACE) && /^[\t\n\r ]*$/.test(text);

/** A line without the byte order marks before it, which files bring along that were joined. */
export const withoutMarks = (text: string): string =>
  text.charCodeAt(0) === BYTE_ORDER_MARK ? text.replace(/^\uFEFF+/, '') : text;

const parseText: Parse = (text) => {
  checkNesting(text);
  return JSON.parse(text) as unknown;
};

/**
 * The value of a line. Throws {@link StreamParseError}, or {@link StreamTruncatedError} for the unfinished line at the
 * end of a body: half a value is a stream that was cut, not one that is wrong.
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
