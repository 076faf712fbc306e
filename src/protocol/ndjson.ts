import { StreamParseError, StreamServerError, StreamTruncatedError } from '../errors';
import { jsonText } from './jsonText';
import { lineDecoder } from './lines';
import { checkNesting } from './nesting';
import type { Decoder, Sink } from './sink';

/**
 * One line of the input, and where it stood: its number, counted from 1, blank lines too; the offset of its first
 * character, in UTF-16 code units; whether a line feed ended it, or it is a last line that may have been cut.
 */
export type JsonLine = [text: string, lineNumber: number, offset: number, terminated: boolean];

/** Makes a value of the text of one JSON value. */
export type Parse = (text: string) => unknown;

const SPACE = 0x20;
const BYTE_ORDER_MARK = 0xfeff;
const REST = 'the rest of its last line';

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
export function parseJsonLine(
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
      ? new StreamParseError(text, lineNumber, offset, cause)
      : new StreamTruncatedError(REST, text, cause);
  }
}

/** The beginning of an RxJS notification, up to its value or error. */
const opening = /^\s*\{\s*"kind"\s*:\s*"(?:(N)"\s*,\s*"value"|E"\s*,\s*"error")\s*:/;
const completion = /^\s*\{\s*"kind"\s*:\s*"C"\s*\}\s*$/;

/**
 * The text of the value that a notification carries; nothing for the one that says that the stream is complete. Throws
 * what the server says went wrong, and {@link StreamParseError} for a line that is not a notification.
 */
function openNotification(...[text, lineNumber, offset, terminated]: JsonLine): string | undefined {
  const [begin, isValue] = opening.exec(text) ?? [];
  if (!begin && completion.test(text)) return undefined;
  const close = text.lastIndexOf('}');
  const content = begin && isBlank(text.slice(close + 1)) ? text.slice(begin.length, close) : '';
  if (isValue && !isBlank(content)) return content;
  let cause: unknown;
  // Only a string is a reason: as text, anything else can take far more time than it took to send.
  if (!isValue && /^\s*"/.test(content)) {
    let reason: string | undefined;
    try {
      reason = JSON.parse(content) as string;
    } catch (error) {
      cause = error;
    }
    if (reason !== undefined) throw new StreamServerError(reason);
  }
  throw terminated
    ? new StreamParseError(text, lineNumber, offset, cause, 'a notification')
    : new StreamTruncatedError(REST, text, cause);
}

/**
 * Reads one JSON value a line (ndjson, JSON Lines): blank lines and the byte order marks at the beginning of a line are
 * skipped, and a last line needs no line feed.
 *
 * @param sink Says when it has had enough, and is told of the completion that a notification announces.
 * @param take Is given each line that is not blank.
 * @param notifications Whether each line is an RxJS notification: `take` is given the text of its value.
 */
export function ndjsonDecoder(
  sink: Pick<Sink<never>, 'closed' | 'complete'>,
  take: (...line: JsonLine) => void,
  maxLineLength?: number,
  notifications = false,
): Decoder<string> {
  let lineNumber = 0;
  let terminated = true;

  const lines = lineDecoder(
    {
      get closed() {
        return sink.closed;
      },
      next(line, at) {
        lineNumber++;
        const text = withoutMarks(line);
        if (isBlank(text)) return;
        const offset = at + line.length - text.length;
        if (!notifications) {
          take(text, lineNumber, offset, terminated);
          return;
        }
        const content = openNotification(text, lineNumber, offset, terminated);
        if (content === undefined) sink.complete();
        else take(content, lineNumber, offset, terminated);
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
