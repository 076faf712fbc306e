import { defer, tap } from 'rxjs';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import type { StreamSource } from '../flow/observed';
import type { ParseSseConfig } from '../operators/parseSse';
import { checkOptions } from '../options/rules';
import { SSE } from '../options/operators';
import { RECONNECT, SSE_READER } from '../options/readers';
import type { SseMessage } from '../protocol/sseMessage';
import { deliver } from './deliver';
import { decodeBody } from './decodeBody';
import { END_OF_BODY, eventConnection } from './eventConnection';
import type { ConnectionState, EventConnection, EventConnectionConfig } from './eventConnection';
import { fetchBody } from './fetchBody';
import { pausable } from './pausable';
import type { Take } from './readBody';
import { reconnecting } from './reconnecting';
import type { ReconnectConfig } from './reconnecting';
import type { ResolvedRequest } from './resolveRequest';
import { locate } from './session';
import type {
  LifecycleEvent,
  LifecycleInit,
  NoProject,
  ProjectInit,
  StreamInit,
  StreamInput,
} from './streamInit';
import { utf8Header } from './utf8Header';
import { withParam } from './withParam';

/** Options of {@link fromEventSource}. */
export interface EventSourceFetchInit extends StreamInit, ParseSseConfig {
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
  /** The last event ID of an earlier stream, to continue after it. None if omitted. */
  lastEventId?: string | undefined;
  /**
   * The name of the query parameter that carries the last event ID, as UTF-8 and in place of a parameter of this name.
   * If omitted, the header `Last-Event-ID` carries the ID. The parameter is for servers whose CORS rules do not allow the
   * header, and for IDs that no header can carry.
   */
  lastEventIdParam?: string | undefined;
  /**
   * The media types that are taken for an event stream, in any case and with any parameters. The request accepts them,
   * unless it has an `Accept` of its own. Another type is a `ContentTypeError`.
   *
   * @defaultValue `['text/event-stream']`
   */
  mediaTypes?: readonly string[] | undefined;
}

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
 * `toAsyncIterable`, `toSseBody` and the other bodies **pull** a reader that is passed to them as it is: the next chunk is
 * read when what came of the one before has been taken.
 *
 * **Reconnects**, for GET and HEAD or with `reconnect`: after a clean end, a failed or broken connection, a
 * time-out, and the statuses 408, 425, 429, 500, 502, 503, 504, 520 to 524, 529 and 530, with the last event ID that was
 * dispatched.
 *
 * **Completes** at status 204, and at a clean end when no other connection follows: the method is not repeated, retries
 * are used up, or `delay` gave no value. A last block without its blank line is a message then, if its last line is whole;
 * `onIncomplete` decides otherwise. Where another connection follows, the block is dropped, and sent again by it.
 *
 * **Errors**, with what has arrived delivered, and with the last failure when retries are used up:
 *
 * - `HttpStatusError`: the status is not 200;
 * - `ContentTypeError`: the media type is none of `mediaTypes`;
 * - `StreamNetworkError`: the connection failed or broke;
 * - `StreamTimeoutError`: `connectTimeout` or `idleTimeout` has passed;
 * - `StreamTruncatedError`: a clean end within a line, or without the end that was announced, where no other connection
 *   follows;
 * - `StreamLimitError`: a message is longer than `maxMessageLength`;
 * - `StreamParseError`: a line is not a field, with `onIgnored: 'error'`;
 * - `StreamServerError`: the server said so in a comment;
 * - `StreamOverflowError`: 16 MiB of a body that cannot be held back wait for `project`;
 * - a `TypeError`: the platform cannot make the request, no request can carry the last event ID, or `fetch` gives no
 *   response whose body can be streamed;
 * - the reason of an aborted `signal`, or what `fetch`, `request`, `project`, `onIgnored` or an input function
 *   errors with.
 *
 * Throws a `TypeError` when an option is out of its bounds.
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
  init: EventSourceFetchInit & ProjectInit<SseMessage, R> & LifecycleInit,
): Observable<LifecycleEvent<R>>;
export function fromEventSource<R>(
  input: StreamInput,
  init: EventSourceFetchInit & ProjectInit<SseMessage, R>,
): Observable<R>;
export function fromEventSource(
  input: StreamInput,
  init: EventSourceFetchInit & NoProject & LifecycleInit,
): Observable<LifecycleEvent<SseMessage>>;
export function fromEventSource(
  input: StreamInput,
  init?: EventSourceFetchInit & NoProject,
): Observable<SseMessage>;
export function fromEventSource(input: StreamInput, all: EventSourceFetchInit = {}): Observable<unknown> {
  checkOptions('init', all, SSE);
  checkOptions('init', all, SSE_READER);
  const {
    reconnect,
    pauseWhen,
    lastEventId = '',
    lastEventIdParam,
    mediaTypes = ['text/event-stream'],
    maxMessageLength,
    onIncomplete,
    onIgnored,
    ...init
  } = all;
  const policy = typeof reconnect === 'object' ? reconnect : {};
  checkOptions('reconnect', policy, RECONNECT, 'reconnect.');
  /** Writes the last event ID on a request. Throws a `TypeError` if the request cannot carry the ID. */
  const carry = lastEventIdParam
    ? (request: ResolvedRequest, id: string) => {
        request.target = withParam(request.target, lastEventIdParam, id);
      }
    : ({ headers }: ResolvedRequest, id: string) => {
        headers.set('last-event-id', utf8Header(id));
      };
  if (lastEventIdParam === undefined) utf8Header(lastEventId);

  const config: EventConnectionConfig = {
    mayRepeat: reconnect && true,
    mediaTypes,
    carry,
    maxMessageLength,
    onIncomplete,
    onIgnored,
  };

  return deliver(input, init, (session) => {
    let next: (state: ConnectionState) => EventConnection;
    /** The connection that there is, or the last one. */
    let connection: EventConnection;

    const connect = (take: Take): Observable<unknown> => {
      connection = next(connection.state);
      return fetchBody(session, connection.exchange, take).pipe(
        // A clean end of the body is not yet one of the stream.
        tap({
          complete: () => {
            take(END_OF_BODY);
            connection.end(true);
          },
        }),
        tap({ error: locate(session) }),
      );
    };

    const connections = (take: Take, pausing: MonoTypeOperatorFunction<unknown>): Observable<unknown> =>
      reconnecting(
        () => defer(() => connect(take)).pipe(pausing),
        () => connection.state,
        session,
        policy,
      );

    return decodeBody<SseMessage>(
      session,
      (sink) => {
        next = (state) => eventConnection(sink, config, state);
        connection = next({ lastEventId });
        return {
          push: (chunk) => {
            connection.push(chunk);
          },
          // No other connection follows.
          end: () => {
            connection.end();
          },
        };
      },
      (take) =>
        pausable(
          pauseWhen,
          () => connection.state.mayReconnect !== false,
          session,
          (pausing) => connections(take, pausing),
        ),
    );
  });
}
