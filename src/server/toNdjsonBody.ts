import { checkOptions } from '../options/rules';
import { NDJSON_BODY } from '../options/bodies';
import type { Bytes } from '../protocol/bytes';
import type { BodyOptions, BodySource } from './bodyOptions';
import { NdjsonFraming } from '../protocol/ndjsonFraming';
import { streamBody } from './streamBody';
import type { StreamBody } from './streamBody';

/** Options of {@link toNdjsonBody}. */
export interface NdjsonBodyOptions<T> extends BodyOptions<T> {
  /**
   * Format of the lines. `'notification'` sends each line as an RxJS notification. A reader with the same option
   * (`fromNdjsonFetch`, `parseNdjson`) can then tell a completion from a cut connection and from a failure.
   *
   * @defaultValue `'none'`
   */
  terminal?: 'none' | 'notification' | undefined;
}

export function ndjsonBody<T>(source: BodySource<T>, options: NdjsonBodyOptions<T> = {}): StreamBody {
  checkOptions('options', options, NDJSON_BODY);
  return streamBody<T, T>(source, new NdjsonFraming<T>(options.terminal === 'notification'), options);
}

/**
 * Makes a body of newline-delimited JSON, for a `Response` of any platform or for a streaming request.
 *
 * ```
 * source: --{a:1}-----null---|
 *         toNdjsonBody(source)
 * body:   --{"a":1}↵--null↵--|
 * ```
 *
 * The body subscribes to the source at its first read, and unsubscribes when the client disconnects. It buffers the
 * values that the client does not read in time, within `maxBufferedBytes`. It pulls an iterable, an async iterable or a
 * ReadableStream instead. It also pulls a reader without an operator behind it, which then reads the next chunk of its
 * response when the client has taken all of the previous one.
 *
 * Bytes are sent unchanged, so they have to be lines of JSON.
 *
 * Ends when the source completes. The client sees each error as a cut connection, and with `terminal: 'notification'`
 * also the text of `mapError`. Errors
 *
 * - with the error of the source, after the client has read all values before it. Before the first byte, the body
 *   errors with an `Error` that has the public text as its message, and the error of the source as its `cause`;
 * - with a `StreamOverflowError` when the client is too slow;
 * - with the reason of an aborted `signal`;
 * - with a `TypeError` that names the index of a value that JSON cannot express.
 *
 * Throws a `TypeError` when the source or an option is invalid.
 *
 * @param source - Values and lines, or a function of the last event ID of the `request`.
 * @see {@link fromNdjsonFetch}, which reads such a body, and {@link toNdjsonResponse}, which adds the headers.
 *
 * @example
 * ```ts
 * import { toNdjsonBody } from 'rxjs-http-streams';
 *
 * async function* rows() {
 *   for (let id = 0; id < 1_000_000; id++) yield { id }; // as fast as the server takes them
 * }
 *
 * await fetch('https://example.com/import', {
 *   method: 'POST',
 *   body: toNdjsonBody(rows()),
 *   duplex: 'half',
 * } as RequestInit);
 * ```
 *
 * @example
 * Relays rows at the speed of the target, in constant memory. A failure of one side ends the other.
 * ```ts
 * import { fromNdjsonFetch, toNdjsonBody, typed } from 'rxjs-http-streams';
 *
 * const order$ = fromNdjsonFetch('https://example.com/orders.ndjson', {
 *   schema: typed<{ open: boolean }>(),
 *   project: (order) => (order.open ? [order] : []),
 * });
 * fromNdjsonFetch('https://example.org/import', { method: 'POST', body: toNdjsonBody(order$) }).subscribe(console.log);
 * ```
 */
export function toNdjsonBody<T>(
  source: BodySource<T>,
  options?: NdjsonBodyOptions<T>,
): ReadableStream<Bytes> {
  return ndjsonBody(source, options).stream;
}
