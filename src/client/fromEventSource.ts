import { asyncScheduler, defer, noop, tap } from 'rxjs';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import { ContentTypeError } from '../errors';
import type { StreamSource } from '../operators/nativeObservable';
import type { ParseSseConfig } from '../operators/parseSse';
import { checkOptions } from '../options/rules';
import { RECONNECT, SSE_READER } from '../options/table';
import { sseDecoder } from '../protocol/sse';
import type { SseDecoder, SseMessage } from '../protocol/sse';
import { encodeUtf8, textDecoder } from '../protocol/text';
import type { Decode } from '../protocol/text';
import { deliver } from './deliver';
import { decodeBody } from './decodeBody';
import type { Take } from './decodeBody';
import { fetchBody } from './fetchBody';
import type { Exchange } from './fetchBody';
import { pausable } from './pausable';
import { reconnecting } from './reconnecting';
import type { ReconnectConfig } from './reconnecting';
import { locate } from './session';
import type { LifecycleEvent, LifecycleInit, ProjectInit, StreamInit, StreamInput } from './streamInit';

/** Options of {@link fromEventSource}. */
export interface EventSourceInit extends StreamInit, ParseSseConfig {
  /**
   * Whether to connect again when the connection ends or fails. If omitted: for GET and HEAD, and for no other
   * method, because a replayed POST can act twice (RFC 9110 §9.2.2).
   */
  reconnect?: boolean | ReconnectConfig | undefined;
  /**
   * While the last it emitted is `true` there is no connection: one that is there is aborted, none is made. After
   * `false` the stream continues from its last event ID, and no sooner than it would have reconnected. The place for
   * a hidden tab or a device that is offline. A request that may not be sent again is not broken off. What it errors
   * with is the stream's error. Never if omitted.
   */
  pauseWhen?: StreamSource<boolean> | undefined;
  /** The last event ID of an earlier stream, to continue after it. */
  lastEventId?: string | undefined;
}

const MEDIA_TYPE = 'text/event-stream';
/** Its essence, in any case, with any parameters, as the last of several (WHATWG Fetch, "extract a MIME type"). */
const isEventStream = /(^|,)\s*text\/event-stream\s*(;.*)?$/i;

/**
 * Server-Sent Events over `fetch`, as a cold Observable: any method, headers and body.
 *
 * Subscribing sends the request; unsubscribing aborts it, in mid-body too, and while it waits to reconnect.
 * Messages arrive as in the browser's `EventSource` (WHATWG HTML §9.2), the Last-Event-ID included.
 *
 * ```
 * server:  --a--b--✂          --c--(204)
 *          fromEventSource(url)
 * result:  --a--b----(3 s)------c--|
 * ```
 *
 * **Reconnects**, for GET and HEAD or with `reconnect`: after a clean end, a failed or broken connection, an idle
 * time-out, and the statuses 408, 425, 429, 500, 502, 503 and 504, with the last event ID that was dispatched.
 *
 * **Completes** at status 204, and at a clean end when it does not reconnect.
 *
 * **Errors**, with what has arrived delivered: `HttpStatusError` (not 200), `ContentTypeError`,
 * `StreamNetworkError`, `StreamTimeoutError` (`idleTimeout`), `StreamLimitError` (`maxMessageLength`), the
 * reason of an aborted `signal`, or what `request`, `project` or an input function errors with. When retries
 * are used up, with the last failure. Throws a `TypeError` when an option is out of its bounds.
 *
 * @example
 * ```ts
 * import { endOn, fromEventSource } from 'rxjs-http-streams';
 *
 * const answer$ = fromEventSource('https://api.example.com/v1/chat/completions', {
 *   method: 'POST',
 *   headers: { authorization: 'Bearer …', 'content-type': 'application/json' },
 *   body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }] }),
 * }).pipe(endOn('[DONE]'));
 *
 * const subscription = answer$.subscribe((message) => console.log(JSON.parse(message.data)));
 * setTimeout(() => subscription.unsubscribe(), 5_000); // the request is aborted
 * ```
 */
export function fromEventSource<R>(
  input: StreamInput,
  init: EventSourceInit & ProjectInit<SseMessage, R> & LifecycleInit,
): Observable<LifecycleEvent<R>>;
export function fromEventSource<R>(
  input: StreamInput,
  init: EventSourceInit & ProjectInit<SseMessage, R>,
): Observable<R>;
export function fromEventSource(
  input: StreamInput,
  init: EventSourceInit & LifecycleInit,
): Observable<LifecycleEvent<SseMessage>>;
export function fromEventSource(input: StreamInput, init?: EventSourceInit): Observable<SseMessage>;
export function fromEventSource(input: StreamInput, all: EventSourceInit = {}): Observable<unknown> {
  checkOptions('init', all, SSE_READER);
  const { reconnect, pauseWhen, lastEventId = '', maxMessageLength, ...init } = all;
  const policy = typeof reconnect === 'object' ? reconnect : {};
  checkOptions('reconnect', policy, RECONNECT, 'reconnect.');
  utf8Header(lastEventId);

  return deliver(input, init, (session) => {
    let decode: Decode;
    let decoder: SseDecoder;
    /** Unset until a request is about to be sent. */
    let mayReconnect: boolean | undefined;
    let openedAt: number | undefined;

    const connect = (take: Take): Observable<unknown> => {
      decode = textDecoder();
      decoder.reset();
      mayReconnect = undefined;
      openedAt = undefined;
      const exchange: Exchange = {
        lastEventId: decoder.lastEventId,
        prepare({ target, headers, init: sent }) {
          // For `fetch`, a request that cannot be is a network that is down, and would be retried for ever. The
          // platform tells them apart when it makes a `Request`, which is not sent, nor given the body.
          if (!init.fetch && !(target instanceof Request)) {
            const { body = null } = sent;
            new Request(target, { ...sent, headers, signal: null, body: body && '' });
          }
          const { method = (target as Partial<Request>).method ?? 'GET' } = sent;
          mayReconnect = Boolean(reconnect ?? /^(GET|HEAD)$/i.test(method));
          sent.cache ??= 'no-store';
          if (!headers.has('accept')) headers.set('accept', MEDIA_TYPE);
          if (decoder.lastEventId) headers.set('last-event-id', utf8Header(decoder.lastEventId));
        },
        accept({ status, headers }) {
          // How a server says stop (WHATWG HTML §9.2.3).
          if (status === 204) mayReconnect = false;
          if (status !== 200) return status === 204;
          openedAt = asyncScheduler.now();
          const type = headers.get('content-type');
          if (isEventStream.test(type ?? '')) return true;
          // Another format is not going to change, either.
          mayReconnect = false;
          throw new ContentTypeError(type, MEDIA_TYPE);
        },
      };
      // A clean end of the body is not yet one of the stream.
      return fetchBody(session, exchange, take).pipe(
        tap({ complete: decoder.end }),
        tap({ error: locate(session) }),
      );
    };

    const connections = (take: Take, pausing: MonoTypeOperatorFunction<unknown>): Observable<unknown> =>
      reconnecting(
        () => defer(() => connect(take)).pipe(pausing),
        () => ({
          mayReconnect: mayReconnect === true,
          openedAt,
          delivered: decoder.delivered,
          retry: decoder.retry,
        }),
        session,
        policy,
      );
    const mayPause = (): boolean => mayReconnect !== false;

    return decodeBody<SseMessage>(
      session,
      (sink) => {
        decoder = sseDecoder(sink, { lastEventId, maxMessageLength });
        return {
          push: (chunk) => {
            decoder.push(decode(chunk));
          },
          end: noop,
        };
      },
      (take) => pausable(pauseWhen, mayPause, session, (pausing) => connections(take, pausing)),
    );
  });
}

/** The longest header that any usual server takes, and more than most do, in bytes. */
const MAX_HEADER = 65_536;

/** A text as a header carries it: a character for each byte of its UTF-8, none of them a control (RFC 9110 §5.5). */
function utf8Header(id: string): string {
  const bytes = encodeUtf8(id);
  // A server could have its clients upload, at each reconnection, what it has compressed to next to nothing.
  if (bytes.length > MAX_HEADER || /[^\t\x20-\x7e\x80-\uffff]/.test(id)) {
    throw new TypeError(`lastEventId: no header can carry ${JSON.stringify(id.slice(0, 100))}`);
  }
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
