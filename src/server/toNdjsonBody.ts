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
   * `'notification'` sends each line as an RxJS notification, so that a reader that is told the same
   * (`fromNdjsonFetch`, `parseNdjson`) knows an end from a cut and from a failure. `'none'` if omitted.
   */
  terminal?: 'none' | 'notification' | undefined;
}

export function ndjsonBody<T>(source: BodySource<T>, options: NdjsonBodyOptions<T> = {}): StreamBody {
  checkOptions('options', options, NDJSON_BODY);
  return streamBody<T, T>(source, new NdjsonFraming<T>(options.terminal === 'notification'), options);
}

/**
 * Values as a body of newline-delimited JSON, for a `Response` of any platform or a request that streams.
 *
 * ```
 * source: --{a:1}-----null---|
 *         toNdjsonBody(source)
 * body:   --{"a":1}↵--null↵--|
 * ```
 *
 * The source is subscribed when the body is first read, and unsubscribed when the client leaves. What it emits
 * faster than the client reads waits, within `maxBufferedBytes`; iterables, async iterables and ReadableStreams are
 * pulled instead. So is a reader that is passed without an operator behind it: the next chunk of its response is read
 * when the client has taken all of the one before. Bytes pass as they are: lines that were encoded before.
 *
 * Ends when the source completes. Errors when it fails, after all that it gave, with what it failed with, or an error
 * of which that is the cause before the first byte; with `StreamOverflowError` when the client is too slow; with the
 * reason of an aborted `signal`; or with a `TypeError` that names the index of a value that JSON cannot express. The
 * client sees each as a cut, and with `terminal: 'notification'` also what `mapError` says. Throws a `TypeError` when
 * an option is out of its bounds.
 *
 * @example
 * ```ts
 * import { toNdjsonBody } from 'rxjs-http-streams';
 *
 * async function* rows() {
 *   for (let id = 0; id < 1_000_000; id++) yield { id }; // as fast as the server takes them
 * }
 *
 * await fetch('https://example.com/import', { method: 'POST', body: toNdjsonBody(rows()), duplex: 'half' } as RequestInit);
 * ```
 *
 * @example
 * A relay at the pace of its target, in flat memory. A failure of one side ends the other.
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
