import { StreamLimitError, StreamParseError, StreamTruncatedError } from '../errors';
import { afterToken } from './arrayTokens';
import type { Expected } from './arrayTokens';
import { Brackets } from './brackets';
import { GrowingText } from './growingText';
import {
  ARRAY,
  ARRAY_END,
  BACKSLASH,
  LF,
  OBJECT,
  OBJECT_END,
  QUOTE,
  RECORD_SEPARATOR,
  isDelimiter,
  isScalar,
  isSpace,
} from './jsonCharacters';
import { DEFAULT_MAX_LENGTH } from './limits';
import type { Decoder, Sink } from './decoder';

// The innermost kind of text that a character is within.
const NOTHING = 0;
const SCALAR = 1;
const STRING = 2;
const BRACKETS = 3;

/**
 * Splits text into the texts of its top-level JSON values (RFC 8259). Nothing, white space, or the record separators of
 * RFC 7464 may separate the values. The decoder reads each character once and keeps the text of a value once. It does
 * not parse: within a value it checks only that brackets match and that strings are closed.
 *
 * @param elements - Whether the text is one array, whose elements are the values.
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
    new StreamTruncatedError({ missing: 'the rest of its last value', pending: take(rest), cause });

  const stray = (text: string, at: number): StreamParseError =>
    new StreamParseError({
      line: text.slice(at),
      lineNumber,
      offset: offset + at,
      expected: within === NOTHING ? expected : 'a bracket that matches',
    });

  /** Begins a value if the character begins one and a value may stand there. */
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
      // A loop over the characters, because a regular expression would begin the value again with each chunk.
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
          else if (!isSpace(code)) {
            const next = elements ? afterToken(code, expected) : undefined;
            if (next) {
              expected = next;
            } else {
              enter(code);
              if (within === NOTHING) throw stray(text, at);
              start = at;
            }
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
        // A number in a record may be cut unless white space follows it (RFC 7464 §2.4).
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
