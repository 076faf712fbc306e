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
 * Text or bytes as a body, for a `Response` of any platform or a request that streams.
 *
 * ```
 * source: --Hel--lo-✓--|
 *         toChunkedBody(source)
 * body:   --Hel--lo-✓--|
 * ```
 *
 * The source is subscribed when the body is first read, and unsubscribed when the client leaves. What it emits
 * faster than the client reads waits, within `maxBufferedBytes`; iterables, async iterables and ReadableStreams are
 * pulled instead. So is a reader that is passed without an operator behind it: the next chunk of its response is read
 * when the client has taken all of the one before. Text is sent as UTF-8; a character that is split over two values arrives
 * whole. Bytes pass as they are.
 *
 * Ends when the source completes. Errors when it fails, after all that it gave, with what it failed with, or an
 * error of which that is the cause before the first byte; with `StreamOverflowError` when the client is too slow; with the reason of an aborted `signal`; or with a `TypeError` that
 * names the index of a value that is neither text nor bytes. The client sees each as a cut. Throws a `TypeError` when an
 * option is out of its bounds.
 *
 * @example
 * ```ts
 * import { map } from 'rxjs';
 * import { endOn, fromEventSource, toChunkedBody } from 'rxjs-http-streams';
 *
 * // The text of a model's answer, relayed: a client that leaves aborts the request to the model.
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
