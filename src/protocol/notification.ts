import { StreamParseError, StreamServerError, StreamTruncatedError } from '../errors';
import { REST_OF_LINE, isBlank } from './jsonLine';
import type { JsonLine } from './jsonLine';
import { jsonText } from './jsonText';

/** The beginning of an RxJS notification, up to its value or error. */
const opening = /^\s*\{\s*"kind"\s*:\s*"(?:(N)"\s*,\s*"value"|E"\s*,\s*"error")\s*:/;
const completion = /^\s*\{\s*"kind"\s*:\s*"C"\s*\}\s*$/;

/**
 * The text of the value that a notification carries; nothing for the one that says that the stream is complete. Throws
 * what the server says went wrong, and {@link StreamParseError} for a line that is not a notification.
 */
export function openNotification(...[text, lineNumber, offset, terminated]: JsonLine): string | undefined {
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
    if (reason !== undefined) throw new StreamServerError({ reason });
  }
  throw terminated
    ? new StreamParseError({ line: text, lineNumber, offset, cause, expected: 'a notification' })
    : new StreamTruncatedError({ missing: REST_OF_LINE, pending: text, cause });
}

/** One value as a notification: its reader can tell how the stream ended. */
export const ndjsonNext = (value: unknown, index = 0): string =>
  `{"kind":"N","value":${jsonText(`value ${index}`, value)}}\n`;
/** The last notification of a stream that has completed. */
export const ndjsonCompletion = (): string => '{"kind":"C"}\n';
/** The last notification of one that has failed. */
export const ndjsonFailure = (reason: string): string => `{"kind":"E","error":${JSON.stringify(reason)}}\n`;
