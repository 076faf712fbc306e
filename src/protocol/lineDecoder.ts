import { StreamLimitError } from '../errors';
import { apart } from './apart';
import { GrowingText } from './growingText';
import { LONGEST_PIECE } from './inPieces';
import { DEFAULT_MAX_LENGTH } from './limits';
import type { Decoder } from './decoder';

/** Receives lines, each without its line end. */
export interface LineSink {
  /** Whether the consumer has unsubscribed. The decoder reads this before every line. */
  readonly closed: boolean;
  /** @param offset - The place of the line's first character in the input, in UTF-16 code units. */
  next(line: string, offset: number): void;
}

const CR = 0x0d;

/**
 * Reads whole lines by itself, from a place where a line begins. Returns the place of the first line that it leaves to
 * the decoder, such as one that is too long.
 */
export type Shortcut = (text: string, from: number, maxLineLength: number) => number;

/** Options of {@link lineDecoder}. */
export interface LineDecoderConfig {
  readonly maxLineLength?: number | undefined;
  /**
   * Whether the consumer may keep lines. They are then copied out of a long chunk, which would otherwise stay in memory
   * with them.
   */
  readonly areKept?: boolean;
  /** Reads the lines that need nothing of the decoder. */
  readonly shortcut?: Shortcut | undefined;
}

/**
 * Splits text at line feeds. One carriage return before a line feed belongs to the line end. `end` passes on a last
 * line without a line feed.
 *
 * The parts of an unfinished line are searched once, when they arrive, and joined once. So the time is linear in the
 * text, wherever the text is cut.
 */
export function lineDecoder(
  sink: LineSink,
  { maxLineLength = DEFAULT_MAX_LENGTH, areKept = false, shortcut }: LineDecoderConfig = {},
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
      for (;;) {
        if (shortcut && pending.isEmpty) {
          const from = start;
          start = shortcut(text, from, maxLineLength);
          offset += start - from;
        }
        const end = text.indexOf('\n', start);
        if (end === -1 || sink.closed) break;
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
