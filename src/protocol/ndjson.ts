import { StreamParseError, StreamTruncatedError } from '../errors';
import { jsonText } from './jsonText';
import { lineDecoder } from './lines';
import type { Decoder, Sink } from './sink';

/**
 * One line of the input, and where it stood: its number, counted from 1, blank lines too; the offset of its first
 * character, in UTF-16 code units; whether a line feed ended it, or it is a last line that may have been cut.
 */
export type JsonLine = [text: string, lineNumber: number, offset: number, terminated: boolean];

/** Whether a line is empty but for the white space of JSON (RFC 8259 §2), which is less than what `trim` removes. */
export const isBlank = (text: string): boolean => /^[\t\n\r ]*$/.test(text);

/**
 * The value of a line. Throws {@link StreamParseError}, or {@link StreamTruncatedError} for the unfinished
 * line at the end of a body: half a value is a stream that was cut, not one that is wrong.
 */
export function parseJsonLine(...[text, lineNumber, offset, terminated]: JsonLine): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw terminated
      ? new StreamParseError(text, lineNumber, offset, cause)
      : new StreamTruncatedError('the rest of its last line', text, cause);
  }
}

/**
 * Reads one JSON value a line (ndjson, JSON Lines): blank lines are skipped, `null` is a value, and a last
 * line needs no line feed. `read` makes of a line what goes to the sink.
 */
export function ndjsonDecoder<T>(
  sink: Sink<T>,
  read: (...line: JsonLine) => T,
  maxLineLength?: number,
): Decoder<string> {
  let lineNumber = 0;
  let terminated = true;
  const lines = lineDecoder(
    {
      get closed() {
        return sink.closed;
      },
      next(text, offset) {
        lineNumber++;
        if (!isBlank(text)) sink.next(read(text, lineNumber, offset, terminated));
      },
    },
    maxLineLength,
  );
  return {
    push: lines.push,
    end() {
      terminated = false;
      lines.end();
    },
  };
}

/** One value as a line. Throws a `TypeError` that names the value's index when JSON cannot express it. */
export const ndjsonLine = (value: unknown, index = 0): string => `${jsonText(`value ${index}`, value)}\n`;
