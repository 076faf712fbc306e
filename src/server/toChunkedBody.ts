import type { Bytes } from '../protocol/bytes';
import { textFraming } from '../protocol/textFraming';
import type { BodyOptions, BodySource } from './bodyOptions';
import { streamBody } from './streamBody';
import type { StreamBody } from './streamBody';

/** Options of {@link toChunkedBody}. */
export type ChunkedBodyOptions<T extends string | Uint8Array = string | Uint8Array> = BodyOptions<T>;

export function chunkedBody<T extends string | Uint8Array>(
  source: BodySource<T>,
  options: ChunkedBodyOptions<T> = {},
): StreamBody {
  return streamBody<string, T>(source, textFraming(), options);
}

/**
 * Makes a body of text or bytes, for a `Response` of any platform or for a streaming request.
 *
 * ```
 * source: --Hel--lo-✓--|
 *         toChunkedBody(source)
 * body:   --Hel--lo-✓--|
 * ```
 *
 * The body subscribes to the source at its first read, and unsubscribes when the client disconnects. It buffers the
 * values that the client does not read in time, within `maxBufferedBytes`. It pulls an iterable, an async iterable or a
 * ReadableStream instead. It also pulls a reader without an operator behind it, which then reads the next chunk of its
 * response when the client has taken all of the previous one.
 *
 * Text is sent as UTF-8, and a character that is split over two values arrives whole. Bytes are sent unchanged.
 *
 * Ends when the source completes. The client sees each error as a cut connection. Errors
 *
 * - with the error of the source, after the client has read all values before it. Before the first byte, the body
 *   errors with an `Error` that has the public text as its message, and the error of the source as its `cause`;
 * - with a `StreamOverflowError` when the client is too slow;
 * - with the reason of an aborted `signal`;
 * - with a `TypeError` that names the index of a value that is neither text nor bytes.
 *
 * Throws a `TypeError` when the source or an option is invalid.
 *
 * @param source - Text or bytes, or a function of the last event ID of the `request`.
 * @see {@link fromChunkedFetch}, which reads such a body, and {@link toChunkedResponse}, which adds the headers.
 *
 * @example
 * ```ts
 * import { map } from 'rxjs';
 * import { endOn, fromEventSource, toChunkedBody } from 'rxjs-http-streams';
 *
 * // Relays the text of a model's answer. A client that disconnects aborts the request to the model.
 * const word$ = fromEventSource('https://api.example.com/v1/chat/completions', { method: 'POST', body: '…' }).pipe(
 *   endOn('[DONE]'),
 *   map(({ data }) => JSON.parse(data).choices[0]?.delta?.content ?? ''),
 * );
 * export const POST = () => new Response(toChunkedBody(word$));
 * ```
 */
export function toChunkedBody<T extends string | Uint8Array>(
  source: BodySource<T>,
  options?: ChunkedBodyOptions<T>,
): ReadableStream<Bytes> {
  return chunkedBody(source, options).stream;
}
