import { map } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { sseFrame } from '../protocol/sseBlock';
import type { OnlyMessage, SseMessageInit } from '../protocol/sseMessage';

/**
 * Formats each message as a block of an event stream (WHATWG HTML §9.2.5): what `parseSse` and every
 * `EventSource` read. A string is the data of a message.
 *
 * Line breaks in `data` become lines of data, whichever they are, and arrive as line feeds; half a character, which
 * UTF-8 has no bytes for, arrives as U+FFFD. Nothing that a message holds can forge a field or a message: an `id` or
 * `type` that would is refused.
 *
 * ```
 * messages: --"a"----------{ id: '7', data: 'b↵c' }---------------|
 *           formatSse()
 * blocks:   --data: a↵↵----id: 7↵data: b↵data: c↵↵----------------|
 * ```
 *
 * Completes with the source. Errors with the source, or with a `TypeError` that names the message's index (from 0)
 * and the member: an `id` or `type` with a line break, NUL or half a character, an `id` with another control or with
 * space around it (no Last-Event-ID header would bring it back), a `retry` that is no whole number of milliseconds,
 * `data` that JSON cannot express (`undefined` too), a member that no message has.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { formatSse } from 'rxjs-http-streams';
 *
 * of('hello', { id: '7', data: { n: 1 } }).pipe(formatSse()).subscribe((block) => process.stdout.write(block));
 * ```
 */
export function formatSse<T>(): OperatorFunction<T & OnlyMessage<T, SseMessageInit | string>, string> {
  return map<SseMessageInit | string, string>(sseFrame);
}
