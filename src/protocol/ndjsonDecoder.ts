import { StreamTruncatedError } from '../errors';
import type { Decoder, Sink } from './decoder';
import { isBlank, withoutMarks } from './jsonLine';
import type { JsonLine } from './jsonLine';
import { lineDecoder } from './lineDecoder';
import { openNotification } from './notification';
import { readUsualLines } from './usualLines';

/** Options of {@link ndjsonDecoder}. */
export interface NdjsonDecoderConfig {
  readonly maxLineLength?: number | undefined;
  /** Whether each line is an RxJS notification. The decoder then passes on the text of its value. */
  readonly notifications?: boolean;
  /** Whether the decoder gives the value of a usual line to the sink, in place of its text to `take`. */
  readonly parses?: boolean;
}

/**
 * Reads lines of JSON (ndjson, JSON Lines). Blank lines and the byte order marks at the beginning of a line are
 * skipped, and the last line needs no line feed.
 *
 * @param sink - Receives the completion if a notification announces it, and the values if the decoder parses them.
 * @param take - Receives each other line that is not blank.
 *
 * @see `NdjsonFraming` writes such lines.
 */
export function ndjsonDecoder(
  sink: Sink<unknown>,
  take: (...line: JsonLine) => void,
  { maxLineLength, notifications = false, parses = false }: NdjsonDecoderConfig = {},
): Decoder<string> {
  const count = { lineNumber: 0 };
  let terminated = true;

  const lines = lineDecoder(
    {
      get closed() {
        return sink.closed;
      },
      next(line, at) {
        const lineNumber = ++count.lineNumber;
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
    {
      maxLineLength,
      shortcut: parses
        ? (text, from, longest) => readUsualLines(text, from, sink, longest, count)
        : undefined,
    },
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
