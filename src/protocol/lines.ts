import { StreamLimitError } from '../errors';
import { DEFAULT_MAX_LENGTH } from './limits';
import type { Decoder } from './sink';

/** Where lines go, each without its end and with the offset of its first character in the text. */
export interface LineSink {
  readonly closed: boolean;
  next(line: string, offset: number): void;
}

/**
 * Splits text at line feeds; one carriage return before a line feed belongs to the line's end.
 * A line's parts are only appended while it lasts and looked at again once, so the work is linear in the
 * text however it is cut. A last line that no line feed ends is handed out by `end`.
 */
export function lineDecoder(sink: LineSink, maxLineLength = DEFAULT_MAX_LENGTH): Decoder<string> {
  let pending = '';
  let offset = 0;

  const take = (line: string): void => {
    check(line);
    const at = offset;
    offset += line.length + 1;
    sink.next(line.endsWith('\r') ? line.slice(0, -1) : line, at);
  };

  const check = ({ length }: string): void => {
    if (length > maxLineLength) throw new StreamLimitError('maxLineLength', maxLineLength, length);
  };

  return {
    push(text) {
      let start = 0;
      let end = text.indexOf('\n');
      while (end !== -1 && !sink.closed) {
        const line = pending + text.slice(start, end);
        pending = '';
        take(line);
        start = end + 1;
        end = text.indexOf('\n', start);
      }
      pending += text.slice(start);
      check(pending);
    },
    end() {
      if (pending !== '') take(pending);
    },
  };
}
