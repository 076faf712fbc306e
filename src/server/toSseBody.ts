import { checkOptions } from '../options/rules';
import { SSE_BODY } from '../options/bodies';
import type { Bytes } from '../protocol/bytes';
import type { OnlyMessage, SseMessageInit } from '../protocol/sseMessage';
import type { BodyOptions, BodySource, Covering, ValueOf } from './bodyOptions';
import { SseFraming } from '../protocol/sseFraming';
import { streamBody } from './streamBody';
import type { StreamBody } from './streamBody';

/** What may be sent as an event stream: a message, a string as its data, or blocks that are encoded already. */
export type SseBodyValue = SseMessageInit | string | Uint8Array;

/** Options of {@link toSseBody}. */
export interface SseBodyOptions<T = SseBodyValue> extends BodyOptions<T> {
  /**
   * After how much silence a comment is sent, in milliseconds; it keeps proxies and runtimes from cutting the
   * connection, and finds out that a client has gone. 5 000 if omitted, 0 for none.
   */
  heartbeat?: number | undefined;
  /** How long a client is to wait before it reconnects, in milliseconds. Left to the client if omitted. */
  retry?: number | undefined;
  /**
   * Whether the stream says how it ended, in comments: `fromEventSource` then knows an end from a cut, also behind
   * proxies that hide it, and no other client notices. `'comment'` if omitted; `'none'` for none.
   */
  terminal?: 'comment' | 'none' | undefined;
  /** Data of a last message that is sent when the source completes, such as `'[DONE]'`. None if omitted. */
  endMarker?: string | undefined;
}

export function sseBody<T extends SseBodyValue>(
  source: BodySource<T>,
  options: SseBodyOptions<T> = {},
): StreamBody {
  checkOptions('options', options, SSE_BODY);
  return streamBody<SseMessageInit | string, T>(source, new SseFraming(options), options);
}

/**
 * Messages as the body of an event stream (WHATWG HTML §9.2), for a `Response` of any platform.
 *
 * ```
 * source: --a-----------b--|
 *         toSseBody(source, { heartbeat: 5 })
 * body:   :-a----:----:-b--(end)
 * ```
 *
 * The source is subscribed when the body is first read, and unsubscribed when the client leaves. What it emits faster
 * than the client reads waits, within `maxBufferedBytes`; iterables, async iterables and ReadableStreams are pulled
 * instead. So is a reader that is passed without an operator behind it: the next chunk of its response is read when
 * the client has taken all of the one before. Bytes pass as they are, so what many clients get can be encoded once.
 *
 * Ends when the source completes. Errors when it fails, after all that it gave, with what it failed with; with
 * `StreamOverflowError` when the client is too slow; with the reason of an aborted `signal`; or with a `TypeError` that
 * names the message which cannot be sent. The client sees each as a cut, and `fromEventSource` also what
 * `mapError` says. Throws a `TypeError` when an option is out of its bounds.
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
  options?: SseBodyOptions<V> & Covering<V, S>,
): ReadableStream<Bytes> {
  return sseBody(source as BodySource<SseBodyValue>, options as SseBodyOptions).stream;
}
