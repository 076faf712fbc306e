import type { SseFramingConfig } from '../protocol/sseFraming';
import type { OnlyMessage } from '../protocol/sseMessage';
import type { BodySource, Covering, ValueOf } from './bodyOptions';
import { streamResponse } from './streamResponse';
import type { BodyResponseInit } from './streamResponse';
import { sseBody } from './toSseBody';
import type { SseBodyOptions, SseBodyValue, SseMessageOf } from './toSseBody';

/** Options of {@link toSseResponse}. */
export interface SseResponseInit<T = SseBodyValue> extends SseBodyOptions<T>, BodyResponseInit {}

const FORMAT = { 'content-type': 'text/event-stream' };

/** Promises a streaming `Response` of the messages that `message` makes of the values of a source. */
export function toSseResponse<S extends BodySource<unknown>, V = ValueOf<S>>(
  source: S,
  init: SseResponseInit<V> & Covering<V, S> & SseMessageOf<ValueOf<S>> & { awaitFirst: true },
): Promise<Response>;
/** Makes a streaming `Response` of the messages that `message` makes of the values of a source. */
export function toSseResponse<S extends BodySource<unknown>, V = ValueOf<S>>(
  source: S,
  init: SseResponseInit<V> & Covering<V, S> & SseMessageOf<ValueOf<S>> & { awaitFirst?: false | undefined },
): Response;
/** Promises a streaming `Response` of Server-Sent Events, once its source has emitted its first value or completed. */
export function toSseResponse<S extends BodySource<unknown>, V = ValueOf<S>>(
  source: S & OnlyMessage<ValueOf<S>, BodySource<SseBodyValue>>,
  init: SseResponseInit<V> & Covering<V, S> & { awaitFirst: true; message?: undefined },
): Promise<Response>;
/**
 * Makes a streaming `Response` of Server-Sent Events (WHATWG HTML §9.2): the body of `toSseBody`, with headers that
 * keep proxies from buffering it.
 *
 * With `request`, the response to a HEAD request has no body, the body unsubscribes from the source when the request is
 * aborted, and a source that is a function receives the client's Last-Event-ID. With a source of `resumable`, that is a
 * complete endpoint.
 *
 * Throws a `TypeError` when the source or an option is invalid. With `awaitFirst` a failure of the source does not
 * reject the promise, but becomes an error response.
 *
 * @see {@link fromEventSource}, which reads such a response.
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
  init?: SseResponseInit<V> & Covering<V, S> & { awaitFirst?: false | undefined; message?: undefined },
): Response;
export function toSseResponse(
  source: BodySource<SseBodyValue>,
  init: SseResponseInit & SseFramingConfig = {},
): Response | Promise<Response> {
  return streamResponse(sseBody(source, init), FORMAT, init);
}
