import type { BodySource } from './bodyOptions';
import { streamResponse } from './streamResponse';
import type { BodyResponseInit } from './streamResponse';
import { ndjsonBody } from './toNdjsonBody';
import type { NdjsonBodyOptions } from './toNdjsonBody';

/** Options of {@link toNdjsonResponse}. */
export interface NdjsonResponseInit<T> extends NdjsonBodyOptions<T>, BodyResponseInit {}

const FORMAT = { 'content-type': 'application/x-ndjson; charset=utf-8' };

/**
 * Makes a streaming `Response` of newline-delimited JSON: the body of `toNdjsonBody`, with headers that keep proxies
 * from buffering it.
 *
 * With `request`, the response to a HEAD request has no body, and the body unsubscribes from the source when the
 * request is aborted.
 *
 * Throws a `TypeError` when the source or an option is invalid. With `awaitFirst` a failure of the source does not
 * reject the promise, but becomes an error response.
 *
 * @see {@link fromNdjsonFetch}, which reads such a response.
 *
 * @example
 * ```ts
 * import { toNdjsonResponse } from 'rxjs-http-streams';
 *
 * declare function rows(): AsyncIterable<{ id: number }>; // from a database cursor, say: it is pulled
 *
 * export const GET = (request: Request) => toNdjsonResponse(rows(), { request, awaitFirst: true });
 * ```
 */
export function toNdjsonResponse<T>(
  source: BodySource<T>,
  init: NdjsonResponseInit<T> & { awaitFirst: true },
): Promise<Response>;
export function toNdjsonResponse<T>(
  source: BodySource<T>,
  init?: NdjsonResponseInit<T> & { awaitFirst?: false | undefined },
): Response;
export function toNdjsonResponse<T>(
  source: BodySource<T>,
  init: NdjsonResponseInit<T> = {},
): Response | Promise<Response> {
  return streamResponse(ndjsonBody(source, init), FORMAT, init);
}
