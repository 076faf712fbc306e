import type { BodySource } from './bodyOptions';
import { streamResponse } from './streamResponse';
import type { BodyResponseInit } from './streamResponse';
import { chunkedBody } from './toChunkedBody';
import type { ChunkedBodyOptions } from './toChunkedBody';

/** Options of {@link toChunkedResponse}. */
export interface ChunkedResponseInit<T extends string | Uint8Array = string | Uint8Array>
  extends ChunkedBodyOptions<T>, BodyResponseInit {}

/** Browsers hold text back until they have seen enough of it to guess what it is, unless they are told not to. */
const FORMAT = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };

/**
 * Text or bytes as a `Response` that streams: the body of `toChunkedBody`, and the headers that keep it live on its
 * way.
 *
 * With `request`, HEAD is answered without a body, and the source ends when the request is aborted.
 *
 * Throws a `TypeError` when an option is out of its bounds. With `awaitFirst` the promise never rejects because of
 * the source: a failure is a response, too.
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
