import { StreamTruncatedError } from '../errors';
import type { Decoder, Sink } from './decoder';
import { isBlank, withoutMarks } from './jsonLine';
import type { JsonLine } from './jsonLine';
import { lineDecoder } from './lineDecoder';
import { openNotification } from './notification';

/**
 * Reads lines of JSON (ndjson, JSON Lines). Blank lines and the byte order marks at the beginning of a line are
 * skipped, and the last line needs no line feed.
 *
 * @param sink - Receives the completion if a notification announces it. The values go to `take`.
 * @param take - Receives each line that is not blank.
 * @param notifications - Whether each line is an RxJS notification. `take` then receives the text of its value.
 *
 * @see `NdjsonFraming` writes such lines.
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
      if (notifications && !sink.closed) throw new StreamTruncatedError({ missing: 'its last notification' });
    },
  };
}
