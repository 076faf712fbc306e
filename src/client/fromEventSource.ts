import type { Observable } from 'rxjs';
import { checkOptions } from '../options/rules';
import { SSE } from '../options/operators';
import { RECONNECT, SSE_READER } from '../options/readers';
import type { SseMessage } from '../protocol/sseMessage';
import { deliver } from './deliver';
import type { EventConnectionConfig } from './eventConnection';
import type { EventSourceFetchInit } from './eventSourceFetchInit';
import { eventStream } from './eventStream';
import type { ResolvedRequest } from './resolveRequest';
import type { LifecycleEvent, LifecycleInit } from './lifecycle';
import type { NoProject, ProjectInit, StreamInput } from './streamInit';
import { utf8Header } from './utf8Header';
import { withParam } from './withParam';

/**
 * Reads Server-Sent Events over `fetch`, with any method, headers and body, as a cold Observable.
 *
 * Subscribing sends the request; unsubscribing aborts it, in mid-body too, and cancels a reconnection. Messages, and
 * the last event ID, follow the rules of the browser's `EventSource` (WHATWG HTML §9.2).
 *
 * ```
 * server:  --a--b--✂          --c--(204)
 *          fromEventSource(url)
 * result:  --a--b----(3 s)------c--|
 * ```
 *
 * `toAsyncIterable`, `toSseBody` and the other body makers **pull** a reader that is passed to them without an operator
 * in between: the next chunk is read only when the values of the chunk before have been consumed.
 *
 * **Reconnects**, for GET and HEAD or with `reconnect`: after a clean end, a failed or broken connection, a time-out,
 * and the statuses 408, 425, 429, 500, 502, 503, 504, 520 to 524, 529 and 530. The next request carries the last event
 * ID, as of the last complete block of the stream.
 *
 * **Completes** at status 204, and at a clean end after which no other connection follows, because the method is not
 * repeated, retries are used up, or `delay` gave no value. A last block without its blank line is then a message if its
 * last line is whole, unless `onIncomplete` decides otherwise. If another connection follows, the block is dropped: the
 * server sends it again after the last event ID.
 *
 * **Errors**, after the messages that have arrived, and with the last failure when retries are used up:
 *
 * - `HttpStatusError`: the status is not 200;
 * - `ContentTypeError`: the media type is none of `mediaTypes`;
 * - `StreamNetworkError`: the connection failed or broke;
 * - `StreamTimeoutError`: `connectTimeout` or `idleTimeout` has passed;
 * - `StreamTruncatedError`: no other connection follows a clean end that is within a line, or without the end that the
 *   server has announced;
 * - `StreamLimitError`: a message is longer than `maxMessageLength`;
 * - `StreamParseError`: a line is not a field, with `onIgnored: 'error'`;
 * - `StreamServerError`: the server reports a failure in a comment;
 * - `StreamOverflowError`: more than 16 MiB of a body without back-pressure wait for `project`;
 * - a `TypeError`: the platform cannot make the request, no request can carry the last event ID, or `fetch` gives no
 *   response with a body that can be streamed;
 * - the reason of an aborted `signal`, or an error of `fetch`, `request`, `project`, `onIgnored`, `pauseWhen` or an
 *   input function.
 *
 * Throws a `TypeError` at the call if an option is invalid.
 *
 * @see `toSseBody` for the other direction.
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
  const carry = lastEventIdParam
    ? (request: ResolvedRequest, id: string) => {
        request.target = withParam(request.target, lastEventIdParam, id);
      }
    : ({ headers }: ResolvedRequest, id: string) => {
        headers.set('last-event-id', utf8Header(id));
      };
  // Throws at the call for an ID that no header can carry.
  if (lastEventIdParam === undefined) utf8Header(lastEventId);

  const config: EventConnectionConfig = {
    mayRepeat: reconnect && true,
    mediaTypes,
    carry,
    maxMessageLength,
    onIncomplete,
    onIgnored,
  };

  return deliver(input, init, (session) => eventStream(session, config, policy, { pauseWhen, lastEventId }));
}
