import { StreamLimitError } from '../errors';
import { apart } from './apart';
import { GrowingText } from './growingText';
import { LONGEST_PIECE } from './inPieces';
import { DEFAULT_MAX_LENGTH } from './limits';
import type { Decoder } from './decoder';

/** Where lines go, each without its end and with the offset of its first character in the text. */
export interface LineSink {
  readonly closed: boolean;
  next(line: string, offset: number): void;
}

const CR = 0x0d;

/**
 * Splits text at line feeds; one carriage return before a line feed belongs to the line's end.
 * A line's parts are only appended while it lasts and looked at again once, so the work is linear in the
 * text however it is cut. A last line that no line feed ends is handed out by `end`.
 *
 * @param areKept - Whether a line may outlive the text that it was cut from, and so must not keep a long one.
 */
export function lineDecoder(
  sink: LineSink,
  maxLineLength = DEFAULT_MAX_LENGTH,
  areKept = false,
): Decoder<string> {
  const pending = new GrowingText();
  let offset = 0;

  const check = (length: number): void => {
    if (length > maxLineLength) {
      throw new StreamLimitError({ option: 'maxLineLength', limit: maxLineLength, size: length });
    }
  };

  const take = (line: string): void => {
    const { length } = line;
    check(length);
    const at = offset;
    offset += length + 1;
    sink.next(line.charCodeAt(length - 1) === CR ? line.slice(0, -1) : line, at);
  };

  const takePending = (rest: string): void => {
    pending.append(rest);
    take(pending.take());
  };

  return {
    push(text) {
      const length = areKept && text.length > LONGEST_PIECE ? text.length : 0;
      let start = 0;
      let end: number;
      while ((end = text.indexOf('\n', start)) !== -1 && !sink.closed) {
        const line = apart(text.slice(start, end), length);
        if (pending.isEmpty) take(line);
        else takePending(line);
        start = end + 1;
      }
      if (start === text.length) return;
      pending.append(text.slice(start));
      check(pending.length);
      pending.settle(text.length);
    },
    end() {
      if (!pending.isEmpty) take(pending.take());
    },
  };
}
