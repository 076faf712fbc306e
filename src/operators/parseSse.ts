import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { SSE } from '../options/operators';
import { inPieces } from '../protocol/inPieces';
import { sseDecoder } from '../protocol/sseDecoder';
import type { SseMessage } from '../protocol/sseMessage';
import { takingBytes } from '../protocol/textDecoder';
import { decodeWith } from '../flow/decodeWith';

/** Options of {@link parseSse} and of `fromEventSource`. */
export interface ParseSseConfig {
  /**
   * The longest `data` of a message that is buffered, in UTF-16 code units. A longer message, and a longer line of any
   * other kind, errors with a `StreamLimitError`. `Infinity` sets no limit.
   *
   * @defaultValue 16 Mi
   */
  maxMessageLength?: number | undefined;
  /**
   * Decides about a last block without its blank line, if the source ends cleanly and no other connection follows:
   *
   * - `'dispatch'`: a block of whole lines is emitted as a message if it has data. An unfinished line, also of a
   *   comment, is a `StreamTruncatedError`, because more was to come.
   * - `'error'`: an unfinished line is a `StreamTruncatedError`, and so is a block of whole lines with data, a type or
   *   a new ID.
   * - `'drop'`: the stream completes without the unfinished block, as in WHATWG HTML §9.2.6.
   *
   * The error's `pending` is the block as a server would write it, with the unfinished line as it arrived. Whatever
   * this option is, a stream in which the server has announced its end errors if it ends without that end.
   *
   * @defaultValue `'dispatch'`
   */
  onIncomplete?: 'dispatch' | 'error' | 'drop' | undefined;
  /**
   * Decides about lines that the format ignores (WHATWG HTML §9.2.6), such as a JSON error or a page in place of
   * events:
   *
   * - `'error'`: a line that is neither a field (`data`, `event`, `id`, `retry`) nor a comment is a `StreamParseError`.
   *   The error has the number of the line, counted from 1 in the body, and the beginning of the line.
   * - A function is called with each such line, with each comment and its leading colon, and with each `id` and `retry`
   *   whose value has no effect, in the order of the stream. An error that it throws is the stream's error.
   *
   * An unfinished line at a clean end counts, too, if no further text could make it a field or a comment.
   * `onIncomplete` decides only afterwards. The comments in which a server of this library tells how its source ended
   * do not count.
   *
   * @defaultValue Such lines and comments are ignored.
   */
  onIgnored?: 'error' | ((line: string) => void) | undefined;
}

/**
 * Parses an event stream (WHATWG HTML §9.2.6) to its messages, wherever the stream is cut into chunks.
 *
 * Takes UTF-8 bytes or strings. One byte order mark at the start is dropped. Lines end in CR, LF or CRLF. Comments,
 * unknown fields and blocks without data emit nothing. A last block without its blank line is a message if its last
 * line is whole, because no reconnection follows that could bring the message again. `onIncomplete` changes this.
 *
 * ```
 * bytes:    --data: a↵--↵-:↵--data: b↵↵--|
 *           parseSse()
 * messages: ------------a-----b----------|
 * ```
 *
 * Completes with the source, after a last message without its blank line, or at the end that a server of this library
 * has announced in comments. Errors with the source, or, after the messages before it, with
 *
 * - `StreamTruncatedError`: the source completed within a line, or without the announced end;
 * - `StreamLimitError`: a message is longer than `maxMessageLength`;
 * - `StreamParseError`: a line is not a field (`onIgnored: 'error'`);
 * - `StreamServerError`: a comment of the server tells that its source failed;
 * - the error that the function `onIgnored` throws.
 *
 * A message that is kept also keeps the text around it in memory, at most about 30 Ki characters.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { parseSse } from 'rxjs-http-streams';
 *
 * of('id: 7\nda', 'ta: hello\n\n').pipe(parseSse()).subscribe(console.log);
 * // { type: 'message', data: 'hello', id: '7' }
 * ```
 *
 * @see {@link formatSse} writes such a stream.
 */
export function parseSse(config: ParseSseConfig = {}): OperatorFunction<Uint8Array | string, SseMessage> {
  checkOptions('config', config, SSE);
  const { maxMessageLength, onIncomplete, onIgnored } = config;
  return decodeWith((sink) => {
    const decoder = sseDecoder(sink, { maxMessageLength, onIncomplete, onIgnored });
    const { push, end } = takingBytes({ push: decoder.push, end: decoder.endLine });
    return {
      push: (chunk) => {
        inPieces(chunk, push, true);
      },
      end: () => {
        end();
        decoder.end();
      },
    };
  });
}
