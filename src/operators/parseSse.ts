import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { SSE } from '../options/table';
import { inPieces } from '../protocol/inPieces';
import { sseDecoder } from '../protocol/sseDecoder';
import type { SseMessage } from '../protocol/sseMessage';
import { takingBytes } from '../protocol/textDecoder';
import { decodeWith } from '../flow/decodeWith';

/** Options of {@link parseSse} and of `fromEventSource`. */
export interface ParseSseConfig {
  /**
   * The longest `data` of a message that is waited for, in UTF-16 code units; over it the stream errors with a
   * `StreamLimitError`, as over a line of any other kind that is longer still. 16 Mi if omitted, `Infinity` for none.
   */
  maxMessageLength?: number | undefined;
  /**
   * Decides about a last block without its blank line, where the source ends cleanly and no other connection follows:
   *
   * - `'dispatch'`: a block of whole lines is a message, if it has data. An unfinished line, of a comment too, is a
   *   `StreamTruncatedError`: more was to come.
   * - `'error'`: an unfinished line is one, and so is a block of whole lines with data, a type or a new id.
   * - `'drop'`: as in WHATWG HTML §9.2.6, the stream completes without what was left.
   *
   * The error's `pending` is the block as it would be written, and the unfinished line as it came. A stream that has
   * announced how it ends is cut in any case when it ends in another way.
   *
   * @defaultValue `'dispatch'`
   */
  onIncomplete?: 'dispatch' | 'error' | 'drop' | undefined;
  /**
   * Makes seen what the format ignores (WHATWG HTML §9.2.6), such as a JSON error or a page in place of events:
   *
   * - `'error'`: a line that is neither a field (`data`, `event`, `id`, `retry`) nor a comment is a `StreamParseError`
   *   with its number, counted from 1 in the body, and the beginning of the line.
   * - A function: it is called with each such line, each comment with its leading colon, and each `id` and `retry`
   *   whose value has no effect, in the order of the stream. What it throws is the stream's error.
   *
   * An unfinished line at a clean end counts too, before `onIncomplete` decides, where no more text could make it a field
   * or a comment. The comments in which a stream of this library says how it ends are not shown.
   *
   * @defaultValue such lines and comments are ignored
   */
  onIgnored?: 'error' | ((line: string) => void) | undefined;
}

/**
 * Parses an event stream (WHATWG HTML §9.2.6) to its messages, however it was cut into chunks.
 *
 * Takes UTF-8 bytes or strings. One byte order mark at the start is dropped; lines end in CR, LF or CRLF;
 * comments, unknown fields and blocks without data emit nothing. A last block that no blank line ended is a message where
 * its last line is whole, as nothing follows that could send it again; `onIncomplete` decides otherwise.
 *
 * ```
 * bytes:    --data: a↵--↵-:↵--data: b↵↵--|
 *           parseSse()
 * messages: ------------a-----b----------|
 * ```
 *
 * Completes with the source, after a last message without its blank line, or at the end that the stream has announced
 * in comments. Errors, after the messages before:
 *
 * - with the source
 * - `StreamTruncatedError`: the source completed within a line, or without the end that was announced
 * - `StreamLimitError`: a message is over `maxMessageLength`
 * - `StreamParseError`: a line is not a field, with `onIgnored: 'error'`
 * - `StreamServerError`: the stream said so in a comment
 * - what the function `onIgnored` throws
 *
 * Values share memory with the text around them, at most about 20 Ki characters of it.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { parseSse } from 'rxjs-http-streams';
 *
 * of('id: 7\nda', 'ta: hello\n\n').pipe(parseSse()).subscribe(console.log);
 * // { type: 'message', data: 'hello', id: '7' }
 * ```
 */
export function parseSse(config: ParseSseConfig = {}): OperatorFunction<Uint8Array | string, SseMessage> {
  checkOptions('config', config, SSE);
  const { maxMessageLength, onIncomplete, onIgnored } = config;
  return decodeWith((sink) => {
    const decoder = sseDecoder(sink, { maxMessageLength, onIncomplete, onIgnored });
    const { push, end } = takingBytes({ push: decoder.push, end: decoder.endLine });
    return {
      push: (chunk) => {
        inPieces(chunk, push);
      },
      end: () => {
        end();
        decoder.end();
      },
    };
  });
}
