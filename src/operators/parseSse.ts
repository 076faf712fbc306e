import type { OperatorFunction } from 'rxjs';
import { checkOptions } from '../options/rules';
import { SSE } from '../options/table';
import { sseDecoder } from '../protocol/sse';
import type { SseMessage } from '../protocol/sse';
import { textDecoder } from '../protocol/text';
import { decodeWith } from './decodeWith';

/** Options of {@link parseSse}. */
export interface ParseSseConfig {
  /**
   * The longest `data` of a message that is waited for, in UTF-16 code units; over it the stream errors with a
   * `StreamLimitError`, as over a line of any other kind that is longer still. 16 Mi if omitted, `Infinity` for none.
   */
  maxMessageLength?: number | undefined;
}

/**
 * Parses an event stream (WHATWG HTML §9.2.6) to its messages, however it was cut into chunks.
 *
 * Takes UTF-8 bytes or strings. One byte order mark at the start is dropped; lines end in CR, LF or CRLF;
 * comments, unknown fields and blocks without data emit nothing; a block that no blank line ended is dropped.
 *
 * ```
 * bytes:    --data: a↵--↵-:↵--data: b↵↵--|
 *           parseSse()
 * messages: ------------a-----b----------|
 * ```
 *
 * Completes with the source. Errors with the source, or with `StreamLimitError` on a message over
 * `maxMessageLength`, after the messages before it.
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
  const { maxMessageLength } = config;
  return decodeWith((sink) => {
    const decode = textDecoder();
    const { push, end } = sseDecoder(sink, { maxMessageLength });
    return {
      push: (chunk) => {
        push(decode(chunk));
      },
      end,
    };
  });
}
