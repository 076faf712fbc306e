import type { BodySource } from './bodyOptions';
import { streamResponse } from './streamResponse';
import type { BodyResponseInit } from './streamResponse';
import { chunkedBody } from './toChunkedBody';
import type { ChunkedBodyOptions } from './toChunkedBody';

/** Options of {@link toChunkedResponse}. */
export interface ChunkedResponseInit<T extends string | Uint8Array = string | Uint8Array>
  extends ChunkedBodyOptions<T>, BodyResponseInit {}

/** Headers of text. Without `nosniff`, browsers buffer the beginning of a text to guess its type. */
const FORMAT = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };

/**
 * Makes a streaming `Response` of text or bytes: the body of `toChunkedBody`, with headers that keep proxies from
 * buffering it.
 *
 * With `request`, the response to a HEAD request has no body, and the body unsubscribes from the source when the
 * request is aborted.
 *
 * Throws a `TypeError` when the source or an option is invalid. With `awaitFirst` a failure of the source does not
 * reject the promise, but becomes an error response.
 *
 * @see {@link fromChunkedFetch}, which reads such a response.
 *
 * @example
 * ```ts
 * import { interval, map, take } from 'rxjs';
 * import { toChunkedResponse } from 'rxjs-http-streams';
 *
 * export const GET = (request: Request) =>
 *   toChunkedResponse(interval(1_000).pipe(take(10), map((n) => `line ${n}\n`)), { request });
 * ```
 */
export function toChunkedResponse<T extends string | Uint8Array>(
  source: BodySource<T>,
  init: ChunkedResponseInit<T> & { awaitFirst: true },
): Promise<Response>;
export function toChunkedResponse<T extends string | Uint8Array>(
  source: BodySource<T>,
  init?: ChunkedResponseInit<T> & { awaitFirst?: false | undefined },
): Response;
export function toChunkedResponse(
  source: BodySource<string | Uint8Array>,
  init: ChunkedResponseInit = {},
): Response | Promise<Response> {
  return streamResponse(chunkedBody(source, init), FORMAT, init);
}
