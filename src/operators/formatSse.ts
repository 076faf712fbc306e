import { map } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { sseFrame } from '../protocol/sseBlock';
import type { OnlyMessage, SseMessageInit } from '../protocol/sseMessage';

/**
 * Formats each message as a block of an event stream (WHATWG HTML §9.2.5), which every `EventSource` reads. A string is
 * the data of a message.
 *
 * Each line of `data` becomes a field, so that line breaks of any kind arrive as line feeds. Half a character, which
 * UTF-8 cannot encode, arrives as U+FFFD. No member of a message can forge a field or another message: an `id` or
 * `type` that would do so is refused.
 *
 * ```
 * messages: --"a"----------{ id: '7', data: 'b↵c' }---------------|
 *           formatSse()
 * blocks:   --data: a↵↵----id: 7↵data: b↵data: c↵↵----------------|
 * ```
 *
 * Completes with the source. Errors with the source, or with a `TypeError` that names the message's index (from 0) and
 * the refused member:
 *
 * - an `id` or `type` with a line break, NUL or half a character;
 * - an `id` with another control character or with space around it, which a `Last-Event-ID` header does not carry back;
 * - a `retry` that is not a whole number of milliseconds;
 * - `data` that JSON cannot express, `undefined` too;
 * - a member that a message does not have.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { formatSse } from 'rxjs-http-streams';
 *
 * of('hello', { id: '7', data: { n: 1 } }).pipe(formatSse()).subscribe((block) => process.stdout.write(block));
 * ```
 *
 * @see {@link parseSse} reads such blocks.
 */
export function formatSse<T>(): OperatorFunction<T & OnlyMessage<T, SseMessageInit | string>, string> {
  return map<SseMessageInit | string, string>(sseFrame);
}
