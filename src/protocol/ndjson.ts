import { StreamParseError, StreamServerError, StreamTruncatedError } from '../errors';
import { jsonText } from './jsonText';
import { lineDecoder } from './lines';
import type { Decoder, Sink } from './sink';

/**
 * One line of the input, and where it stood: its number, counted from 1, blank lines too; the offset of its first
 * character, in UTF-16 code units; whether a line feed ended it, or it is a last line that may have been cut.
 */
export type JsonLine = [text: string, lineNumber: number, offset: number, terminated: boolean];

const SPACE = 0x20;
const REST = 'the rest of its last line';

/** Whether a line is empty but for the white space of JSON (RFC 8259 §2), which is less than what `trim` removes. */
export const isBlank = (text: string): boolean => /^[\t\n\r ]*$/.test(text);

/**
 * The value of a line; `undefined`, which no JSON is, for a blank one. Throws {@link StreamParseError}, or
 * {@link StreamTruncatedError} for the unfinished line at the end of a body: half a value is a stream that was cut, not
 * one that is wrong.
 */
export function parseJsonLine(...[text, lineNumber, offset, terminated]: JsonLine): unknown {
  // A throw costs a thousand times what a line does, and a flood of blank lines is cheap to send. Nothing is asked of
  // lines that begin as nearly all do: asking each costs as much as reading it.
  if (!(text.charCodeAt(0) > SPACE) && isBlank(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw terminated
      ? new StreamParseError(text, lineNumber, offset, cause)
      : new StreamTruncatedError(REST, text, cause);
  }
}

/** A line that is an RxJS notification: its kind, and the text of its value or error. */
const notification = /^\s*\{\s*"kind"\s*:\s*(?:"(C)"\s*|"([NE])"\s*,\s*"(?:value|error)"\s*:([^]*))\}\s*$/;

/**
 * The line that a notification carries; nothing for the one that says that the stream is complete. Throws what the
 * server says went wrong, and {@link StreamParseError} for a line that is no notification.
 */
function openNotification([text, lineNumber, offset, terminated]: JsonLine): JsonLine | undefined {
  const [, end, kind, content = ''] = notification.exec(text) ?? [];
  if (end) return undefined;
  if (!isBlank(content)) {
    const line: JsonLine = [content, lineNumber, offset, terminated];
    if (kind === 'N') return line;
    throw new StreamServerError(String(parseJsonLine(...line)));
  }
  throw terminated
    ? new StreamParseError(text, lineNumber, offset, undefined, 'a notification')
    : new StreamTruncatedError(REST, text);
}

/**
 * Reads one JSON value a line (ndjson, JSON Lines): blank lines are skipped, `null` is a value, and a last
 * line needs no line feed.
 *
 * @param read Makes of a line what goes to the sink, unless it is `undefined`.
 * @param notifications Whether each line is an RxJS notification.
 */
export function ndjsonDecoder<T>(
  sink: Sink<T>,
  read: (...line: JsonLine) => T | undefined,
  maxLineLength?: number,
  notifications = false,
): Decoder<string> {
  let lineNumber = 0;
  let terminated = true;

  const readNotification = (...line: JsonLine): T | undefined => {
    if (isBlank(line[0])) return undefined;
    const content = openNotification(line);
    if (content) return read(...content);
    sink.complete();
    return undefined;
  };
  const readLine = notifications ? readNotification : read;

  const lines = lineDecoder(
    {
      get closed() {
        return sink.closed;
      },
      next(text, offset) {
        const value = readLine(text, ++lineNumber, offset, terminated);
        if (value !== undefined) sink.next(value);
      },
    },
    maxLineLength,
  );
  return {
    push: lines.push,
    end() {
      terminated = false;
      lines.end();
      if (notifications && !sink.closed) throw new StreamTruncatedError('its last notification');
    },
  };
}

/** One value as a line. Throws a `TypeError` that names the value's index when JSON cannot express it. */
export const ndjsonLine = (value: unknown, index = 0): string => `${jsonText(`value ${index}`, value)}\n`;

/** One value as a notification: its reader can tell how the stream ended. */
export const ndjsonNext = (value: unknown, index = 0): string =>
  `{"kind":"N","value":${jsonText(`value ${index}`, value)}}\n`;
/** The last notification of a stream that has completed. */
export const ndjsonCompletion = (): string => '{"kind":"C"}\n';
/** The last notification of one that has failed. */
export const ndjsonFailure = (reason: string): string => `{"kind":"E","error":${JSON.stringify(reason)}}\n`;
