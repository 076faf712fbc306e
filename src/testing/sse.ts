import { sseFrame } from '../protocol/sseBlock';
import type { SseMessageInit } from '../protocol/sseMessage';

/**
 * Writes messages as a server sends them in an event stream, for the `chunks` of {@link marbleFetch}. A string is the
 * data of a message, and data of another type is sent as JSON.
 *
 * Throws a `TypeError` for a message that the format cannot carry, as `formatSse` does.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { parseSse } from 'rxjs-http-streams';
 * import { sse } from 'rxjs-http-streams/testing';
 *
 * of(sse({ id: '7', data: { n: 1 } }, 'hi')).pipe(parseSse()).subscribe(console.log);
 * ```
 *
 * @see {@link ndjson} writes lines of JSON.
 */
export function sse(...messages: readonly (SseMessageInit | string)[]): string {
  return messages.map(sseFrame).join('');
}
