import { StreamLimitError, StreamParseError, StreamTruncatedError } from '../errors';
import { Brackets } from './brackets';
import { GrowingText } from './growingText';
import { DEFAULT_MAX_LENGTH } from './limits';
import type { Decoder, Sink } from './decoder';

const REST = 'the rest of its last value';

const LF = 0x0a;
const RECORD_SEPARATOR = 0x1e;
const QUOTE = 0x22;
const COMMA = 0x2c;
const ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const ARRAY_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/** White space (RFC 8259 §2), and the byte order marks of files that were joined. */
const isSpace = (code: number): boolean =>
  code === 0x20 || code === LF || code === 0x0d || code === 0x09 || code === 0xfeff;

/** Whether a number or a literal begins: with a digit, a minus, or the letter of `true`, `false` or `null`. */
const isScalar = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x66 || code === 0x6e || code === 0x74;

/**
 * Whether a number or a literal is over: at white space, a bracket, a quote, a comma, a colon or a record separator.
 */
const isDelimiter = (code: number): boolean =>
  isSpace(code) ||
  code === COMMA ||
  code === ARRAY ||
  code === ARRAY_END ||
  code === OBJECT ||
  code === OBJECT_END ||
  code === QUOTE ||
  code === 0x3a ||
  code === RECORD_SEPARATOR;

// What a character is within.
const NOTHING = 0;
const SCALAR = 1;
const STRING = 2;
const BRACKETS = 3;

/** The next token that an array which is taken apart may have, in words. */
type Expected = 'an array' | "a JSON value or ']'" | 'a JSON value' | "',' or ']'" | 'nothing more';

/**
 * Splits text into the texts of its top-level JSON values (RFC 8259), whatever separates them: nothing, white space, or
 * the record separators of RFC 7464. Every character is looked at once, and the text of a value is kept once.
 *
 * Nothing is parsed: brackets have to match, and strings to be closed; what else is in a value is not judged.
 *
 * @param elements Whether the text is one array, whose elements are the values.
 */
export function jsonValueDecoder(
  sink: Sink<string>,
  elements = false,
  maxValueLength = DEFAULT_MAX_LENGTH,
): Decoder<string> {
  const pending = new GrowingText();
  const brackets = new Brackets();
  let within: number = NOTHING;
  let isEscaped = false;
  let expected: Expected = elements ? 'an array' : 'a JSON value';
  let hasRecords = false;
  let offset = 0;
  let lineNumber = 1;

  const check = (length: number): void => {
    if (length > maxValueLength)
      throw new StreamLimitError({ option: 'maxValueLength', limit: maxValueLength, size: length });
  };

  const take = (rest: string): string => {
    pending.append(rest);
    return pending.take();
  };

  const emit = (rest: string): void => {
    const value = pending.isEmpty ? rest : take(rest);
    check(value.length);
    within = NOTHING;
    if (elements) expected = "',' or ']'";
    sink.next(value);
  };

  const cut = (rest: string, cause?: unknown): StreamTruncatedError =>
    new StreamTruncatedError({ missing: REST, pending: take(rest), cause });

  const stray = (text: string, at: number): StreamParseError =>
    new StreamParseError({
      line: text.slice(at),
      lineNumber,
      offset: offset + at,
      expected: within === NOTHING ? expected : 'a bracket that matches',
    });

  /** Whether a character belongs to the array that is taken apart: its brackets and commas. */
  const isPunctuation = (code: number): boolean => {
    if (code === ARRAY && expected === 'an array') expected = "a JSON value or ']'";
    else if (code === COMMA && expected === "',' or ']'") expected = 'a JSON value';
    else if (code === ARRAY_END && expected.endsWith("']'")) expected = 'nothing more';
    else return false;
    return true;
  };

  /** Enters the value that a character begins, if it begins one. */
  const enter = (code: number): void => {
    if (!expected.startsWith('a JSON')) return;
    if (code === QUOTE) within = STRING;
    else if (isScalar(code)) within = SCALAR;
    else if (code === ARRAY || code === OBJECT) {
      brackets.open(code === OBJECT);
      within = BRACKETS;
    }
  };

  return {
    push(text) {
      let start = 0;
      // A loop over the characters, not regular expressions: these would begin again at each chunk.
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code === LF) lineNumber++;
        else if (code === RECORD_SEPARATOR && within !== NOTHING) throw cut(text.slice(start, at));

        if (within === STRING) {
          if (isEscaped) isEscaped = false;
          else if (code === BACKSLASH) isEscaped = true;
          else if (code === QUOTE) {
            if (brackets.depth > 0) within = BRACKETS;
            else emit(text.slice(start, at + 1));
          }
        } else if (within === BRACKETS) {
          if (code === QUOTE) within = STRING;
          else if (code === ARRAY || code === OBJECT) brackets.open(code === OBJECT);
          else if (code === ARRAY_END || code === OBJECT_END) {
            if (!brackets.close(code === OBJECT_END)) throw stray(text, at);
            if (brackets.depth === 0) emit(text.slice(start, at + 1));
          }
        } else if (within === NOTHING || isDelimiter(code)) {
          if (within === SCALAR) emit(text.slice(start, at));
          if (sink.closed) return;
          if (code === RECORD_SEPARATOR && !elements) hasRecords = true;
          else if (!isSpace(code) && !(elements && isPunctuation(code))) {
            enter(code);
            if (within === NOTHING) throw stray(text, at);
            start = at;
          }
        }
      }
      offset += text.length;
      if (within === NOTHING) return;
      pending.append(text.slice(start));
      check(pending.length);
    },
    end() {
      if (within === SCALAR && !elements) {
        const value = pending.take();
        // Only white space tells that a number in a record is whole (RFC 7464 §2.4).
        if (hasRecords) throw cut(value);
        try {
          JSON.parse(value);
        } catch (cause) {
          throw cut(value, cause);
        }
        emit(value);
      }
      if (within !== NOTHING) throw cut('');
      if (elements && expected !== 'nothing more')
        throw new StreamTruncatedError({ missing: 'the end of its array' });
    },
  };
}
