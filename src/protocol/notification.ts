import { StreamParseError, StreamServerError, StreamTruncatedError } from '../errors';
import { REST_OF_LINE, isBlank } from './jsonLine';
import type { JsonLine } from './jsonLine';
import { jsonText } from './jsonText';

/** Matches the beginning of an RxJS notification, up to its value or error. */
const opening = /^\s*\{\s*"kind"\s*:\s*"(?:(N)"\s*,\s*"value"|E"\s*,\s*"error")\s*:/;
const completion = /^\s*\{\s*"kind"\s*:\s*"C"\s*\}\s*$/;

/**
 * Reads a line as an RxJS notification. Returns the text of its value, or `undefined` for a completion. Throws:
 *
 * - {@link StreamServerError} for an error notification;
 * - {@link StreamParseError} for a line that is not a notification;
 * - {@link StreamTruncatedError} for such a line at the end of a body, without its line feed.
 *
 * The envelope is matched by patterns and only the value is parsed, so that `parse` receives the value's own text.
 *
 * @see `ndjsonNext`, `ndjsonCompletion` and `ndjsonFailure` write notifications.
 */
export function openNotification(...[text, lineNumber, offset, terminated]: JsonLine): string | undefined {
  const [begin, isValue] = opening.exec(text) ?? [];
  if (!begin && completion.test(text)) return undefined;
  const close = text.lastIndexOf('}');
  const content = begin && isBlank(text.slice(close + 1)) ? text.slice(begin.length, close) : '';
  if (isValue && !isBlank(content)) return content;
  let cause: unknown;
  // Only a string is a reason. Making text of any other value can take far more time than sending it took.
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

/** Writes a value as a notification. Throws a `TypeError` that names the value's index if JSON cannot express it. */
export const ndjsonNext = (value: unknown, index = 0): string =>
  `{"kind":"N","value":${jsonText(`value ${index}`, value)}}\n`;
/** Writes the last notification of a source that has completed. */
export const ndjsonCompletion = (): string => '{"kind":"C"}\n';
/** Writes the last notification of a source that has failed. */
export const ndjsonFailure = (reason: string): string => `{"kind":"E","error":${JSON.stringify(reason)}}\n`;
