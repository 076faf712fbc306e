import type { OnlyMessage } from '../protocol/sseMessage';
import type { BodySource, Covering, ValueOf } from './bodyOptions';
import { streamResponse } from './streamResponse';
import type { BodyResponseInit } from './streamResponse';
import { sseBody } from './toSseBody';
import type { SseBodyOptions, SseBodyValue } from './toSseBody';

/** Options of {@link toSseResponse}. */
export interface SseResponseInit<T = SseBodyValue> extends SseBodyOptions<T>, BodyResponseInit {}

const FORMAT = { 'content-type': 'text/event-stream' };

/**
 * Messages as a `Response` that streams Server-Sent Events (WHATWG HTML §9.2): the body of `toSseBody`, and the
 * headers that keep it live on its way.
 *
 * With `request`, HEAD is answered without a body, the source ends when the request is aborted, and a source that
 * is a function is given the client's Last-Event-ID: with `resumable` that is a whole endpoint.
 *
 * Throws a `TypeError` when an option is out of its bounds. With `awaitFirst` the promise never rejects because of
 * the source: a failure is a response, too.
 *
 * @example
 * ```ts
 * import { interval, map } from 'rxjs';
 * import { resumable, toSseResponse } from 'rxjs-http-streams';
 *
 * const feed = resumable(interval(1_000).pipe(map((n) => ({ id: String(n), data: { n } }))), { bufferSize: 100 });
 * export const GET = (request: Request) => toSseResponse(feed, { request, retry: 1_000 });
 * ```
 */
export function toSseResponse<S extends BodySource<unknown>, V = ValueOf<S>>(
  source: S & OnlyMessage<ValueOf<S>, BodySource<SseBodyValue>>,
  init: SseResponseInit<V> & Covering<V, S> & { awaitFirst: true },
): Promise<Response>;
export function toSseResponse<S extends BodySource<unknown>, V = ValueOf<S>>(
  source: S & OnlyMessage<ValueOf<S>, BodySource<SseBodyValue>>,
  init?: SseResponseInit<V> & Covering<V, S> & { awaitFirst?: false | undefined },
): Response;
export function toSseResponse(
  source: BodySource<SseBodyValue>,
  init: SseResponseInit = {},
): Response | Promise<Response> {
  return streamResponse(sseBody(source, init), FORMAT, init);
}
