import type { BodySource } from './bodyOptions';
import { streamResponse } from './streamResponse';
import type { BodyResponseInit } from './streamResponse';
import { ndjsonBody } from './toNdjsonBody';
import type { NdjsonBodyOptions } from './toNdjsonBody';

/** Options of {@link toNdjsonResponse}. */
export interface NdjsonResponseInit<T> extends NdjsonBodyOptions<T>, BodyResponseInit {}

const FORMAT = { 'content-type': 'application/x-ndjson; charset=utf-8' };

/**
 * Values as a `Response` that streams newline-delimited JSON: the body of `toNdjsonBody`, and the headers that keep it
 * live on its way.
 *
 * With `request`, HEAD is answered without a body, and the source ends when the request is aborted.
 *
 * Throws a `TypeError` when an option is out of its bounds. With `awaitFirst` the promise never rejects because of
 * the source: a failure is a response, too.
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
