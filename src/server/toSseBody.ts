import { checkOptions } from '../options/rules';
import { SSE_BODY } from '../options/bodies';
import type { Bytes } from '../protocol/bytes';
import type { OnlyMessage, SseMessageInit } from '../protocol/sseMessage';
import type { BodyOptions, BodySource, Covering, ValueOf } from './bodyOptions';
import { SseFraming } from '../protocol/sseFraming';
import type { SseFramingConfig } from '../protocol/sseFraming';
import { streamBody } from './streamBody';
import type { StreamBody } from './streamBody';

/** Value of an event stream: a message, the data of a message as a string, or blocks that are encoded already. */
export type SseBodyValue = SseMessageInit | string | Uint8Array;

/** Options of {@link toSseBody}. */
export interface SseBodyOptions<T = SseBodyValue> extends BodyOptions<T> {
  /**
   * Time without a message after which the body sends a comment, in milliseconds. The comment keeps proxies and
   * runtimes from closing an idle connection, and detects clients that have disconnected. `0` sends none.
   *
   * @defaultValue `5_000`
   */
  heartbeat?: number | undefined;
  /**
   * Time for which a client waits before it reconnects, in milliseconds.
   *
   * @defaultValue none: the client decides
   */
  retry?: number | undefined;
  /**
   * Notation for the end of the stream. With `'comment'`, comments tell `fromEventSource` whether the stream completed,
   * failed or was cut, even behind proxies that hide it. Other clients ignore comments. `'none'` sends none.
   *
   * @defaultValue `'comment'`
   */
  terminal?: 'comment' | 'none' | undefined;
  /**
   * Last message that the body sends when the source completes, or its data as a string, such as `'[DONE]'`. A source
   * that fails is not followed by it.
   *
   * @defaultValue none
   */
  endMarker?: SseMessageInit | string | undefined;
}

/** Option of {@link toSseBody} and {@link toSseResponse} for a source whose values are not messages. */
export interface SseMessageOf<T> {
  /**
   * Makes the message of a value, or its data as a string. It is called once for each value, when the source emits it,
   * with the number of values before it. Unlike a `map` behind the source, it leaves a source that is pulled as it is.
   * Bytes of the source are sent unchanged, and do not come here. If it throws, the body ends with that error.
   *
   * The messages of a feed (`resumable`, a log) are encoded for each client then, and not once for all of them.
   *
   * @defaultValue none: the values are messages
   *
   * @example
   * ```ts
   * import { fromNdjsonFetch, toSseResponse } from 'rxjs-http-streams';
   *
   * export const GET = (request: Request) =>
   *   toSseResponse(fromNdjsonFetch<{ delta: string }>('https://model.example/answer'), {
   *     request,
   *     message: (data) => ({ type: 'token', data }),
   *   });
   * ```
   */
  message: (value: Exclude<T, Uint8Array>, index: number) => SseMessageInit | string;
}

export function sseBody<T extends SseBodyValue>(
  source: BodySource<T>,
  options: SseBodyOptions<T> & SseFramingConfig = {},
): StreamBody {
  checkOptions('options', options, SSE_BODY);
  return streamBody<SseMessageInit | string, T>(source, new SseFraming(options), options);
}

/**
 * Makes the body of an event stream of the messages that `message` makes of the values of a source. For the rest it is
 * the body of messages.
 */
export function toSseBody<S extends BodySource<unknown>, V = ValueOf<S>>(
  source: S,
  options: SseBodyOptions<V> & Covering<V, S> & SseMessageOf<ValueOf<S>>,
): ReadableStream<Bytes>;
/**
 * Makes the body of an event stream of messages (WHATWG HTML §9.2), for a `Response` of any platform.
 *
 * ```
 * source: --a-----------b--|
 *         toSseBody(source, { heartbeat: 5 })
 * body:   :-a----:----:-b--(end)
 * ```
 *
 * The body subscribes to the source at its first read, and unsubscribes when the client disconnects. It buffers the
 * messages that the client does not read in time, within `maxBufferedBytes`. It pulls an iterable, an async iterable or
 * a ReadableStream instead. It also pulls a reader without an operator behind it, which then reads the next chunk of
 * its response when the client has taken all of the previous one.
 *
 * Bytes are sent unchanged, so an application can encode a message once for many clients.
 *
 * Ends when the source completes. The client sees each error as a cut connection, and `fromEventSource` also receives
 * the text of `mapError`. Errors
 *
 * - with the error of the source, after the client has read all messages before it;
 * - with a `StreamOverflowError` when the client is too slow;
 * - with the reason of an aborted `signal`;
 * - with a `TypeError` that names the message that cannot be sent.
 *
 * Throws a `TypeError` when the source or an option is invalid.
 *
 * @param source - Messages, or a function of the last event ID of the `request`.
 * @see {@link fromEventSource}, which reads such a body, and {@link toSseResponse}, which adds the headers.
 *
 * @example
 * ```ts
 * import { interval, map } from 'rxjs';
 * import { toSseBody } from 'rxjs-http-streams';
 *
 * const tick$ = interval(1_000).pipe(map((n) => ({ type: 'tick', data: { n } })));
 * export const GET = () =>
 *   new Response(toSseBody(tick$), { headers: { 'content-type': 'text/event-stream' } });
 * ```
 */
export function toSseBody<S extends BodySource<unknown>, V = ValueOf<S>>(
  source: S & OnlyMessage<ValueOf<S>, BodySource<SseBodyValue>>,
  options?: SseBodyOptions<V> & Covering<V, S> & { message?: undefined },
): ReadableStream<Bytes>;
export function toSseBody(
  source: BodySource<SseBodyValue>,
  options?: SseBodyOptions & SseFramingConfig,
): ReadableStream<Bytes> {
  return sseBody(source, options).stream;
}
