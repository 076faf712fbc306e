import { filter, from, identity, map, tap } from 'rxjs';
import type { EventSourceFetchInit } from '../client/eventSourceFetchInit';
import { fromEventSource } from '../client/fromEventSource';
import { MESSAGE_PARSER } from '../options/angular';
import { checkOptions } from '../options/rules';
import type { SseMessage } from '../protocol/sseMessage';
import { parsedLife } from './parsedLife';
import type { ParsedMessage, ResourceParser } from './parsedLife';
import type { AllOptions } from './shownStates';
import type { StreamFormat } from './streamFormat';
import { streamResource } from './streamResource';
import type {
  NotReduced,
  ReactiveRequest,
  ReducedBy,
  ResourceRequest,
  StreamResourceOptions,
  StreamResourceRef,
  WithDefault,
} from './streamResourceRef';

/** A request of an `eventSourceResource`: its URL, and the options of `fromEventSource`. */
export type EventSourceResourceRequest = ResourceRequest<EventSourceFetchInit>;

/** Makes values of messages. */
export interface ParsedBy<P extends ResourceParser> {
  /**
   * Parses the `data` of the messages, as `parseMessages` does. A schema is given the parsed JSON, and a function the
   * text:
   *
   * - a schema or a function parses the data of every message, and its result is a value of the stream;
   * - an object of these parses the messages whose `type` is the name of a member. A value of the stream is the message
   *   with the parsed `data`, and messages of other types are dropped.
   *
   * @defaultValue The values of the stream are the messages.
   */
  parse: P;
}

/** Makes the messages the values of the stream. */
export interface NotParsed {
  parse?: undefined;
}

/**
 * Creates a resource whose value comes from Server-Sent Events, in the manner of Angular's `httpResource`.
 *
 * The resource sends a request when `request` returns one, and another one when `request` returns a different URL or
 * object. A different request, `undefined`, `set()`, `update()`, `reload()`, `destroy()` and the end of the injector
 * abort the request before. The requests, reconnections included, pass the interceptors of `HttpClient`, as those of
 * {@link HTTP_STREAM_FETCH} do: the application needs {@link provideHttpStreams}.
 *
 * **The value** is the latest message, what `parse` makes of it, or what `reduce` makes of all values. In a browser the
 * signals change once a frame at most, or once a second in a hidden page; `reduce` is called for each value meanwhile.
 * Before the first value, `status()` is `'loading'` or, after `reload()`, `'reloading'`. A reconnection keeps the value
 * and `'resolved'`. The end of the stream keeps both too, and a stream without a value is `'resolved'` at its end.
 *
 * **An error** of the stream is `error()`, and `value()` throws, as in any resource of Angular; `lastValue()` does not.
 * These are the errors of `fromEventSource`, those of `parseMessages`, and an error that `parse` or `reduce` throws.
 *
 * **On a server** the page waits for the first value of a GET or HEAD, or for `serverTimeout`, and then the request is
 * aborted. The browser has that value at once, and its first request continues after the last event ID. Without an ID
 * the stream begins anew. A request of another method is sent by the browser only.
 *
 * Throws a `TypeError` at the call if an option is invalid, and an `Error` without `provideHttpStreams()`. An invalid
 * option of a request is the resource's error.
 *
 * @param request - Returns the URL, or the URL with options of `fromEventSource`. `undefined` means that there is no
 *   request. It is a reactive function: it is called again when a signal that it reads changes.
 *
 * @see {@link ndjsonResource} for newline-delimited JSON.
 *
 * @example
 * ```ts
 * import { Component, input } from '@angular/core';
 * import { typed } from 'rxjs-http-streams';
 * import { eventSourceResource } from 'rxjs-http-streams/angular';
 *
 * @Component({
 *   selector: 'app-price',
 *   template: '{{ price.hasValue() ? price.value().price : "–" }} ({{ price.connection() }})',
 * })
 * export class Price {
 *   readonly share = input.required<string>();
 *   readonly price = eventSourceResource(() => `/api/prices/${this.share()}`, { parse: typed<{ price: number }>() });
 * }
 * ```
 */
export function eventSourceResource<A, const P extends ResourceParser>(
  request: ReactiveRequest<EventSourceResourceRequest>,
  options: StreamResourceOptions<A> & ParsedBy<P> & ReducedBy<ParsedMessage<P>, A>,
): StreamResourceRef<A>;
export function eventSourceResource<A>(
  request: ReactiveRequest<EventSourceResourceRequest>,
  options: StreamResourceOptions<A> & NotParsed & ReducedBy<SseMessage, A>,
): StreamResourceRef<A>;
export function eventSourceResource<
  const P extends ResourceParser,
  D extends ParsedMessage<P> | undefined = undefined,
>(
  request: ReactiveRequest<EventSourceResourceRequest>,
  options: StreamResourceOptions<NoInfer<WithDefault<ParsedMessage<P>, D>>> & ParsedBy<P> & NotReduced<D>,
): StreamResourceRef<WithDefault<ParsedMessage<P>, D>>;
export function eventSourceResource<D extends SseMessage | undefined = undefined>(
  request: ReactiveRequest<EventSourceResourceRequest>,
  options?: StreamResourceOptions<NoInfer<WithDefault<SseMessage, D>>> & NotParsed & NotReduced<D>,
): StreamResourceRef<WithDefault<SseMessage, D>>;
export function eventSourceResource(
  request: ReactiveRequest<EventSourceResourceRequest>,
  options: object = {},
): unknown {
  checkOptions('options', options, MESSAGE_PARSER);
  const all = options as AllOptions<unknown, unknown> & { readonly parse?: ResourceParser };
  return streamResource(request, all, sseFormat(all.parse));
}

/** Messages are handed over, and the stream continues after the last of them that has an ID. */
const sseFormat = (
  parse: ResourceParser | undefined,
): StreamFormat<EventSourceResourceRequest, unknown, unknown> => ({
  read: ({ url, ...init }, fetch, record) =>
    parsedLife(
      fromEventSource(url, { ...init, fetch, observe: 'lifecycle' }).pipe(
        record
          ? tap((event) => {
              if (event.type === 'value') record(event.value);
            })
          : identity,
      ),
      parse,
    ),
  valuesOf: (received) =>
    parsedLife(
      from(received).pipe(map((value) => ({ type: 'value', value: value as SseMessage }) as const)),
      parse,
    ).pipe(
      filter((event) => event.type === 'value'),
      map(({ value }) => value),
    ),
  continuing: (request, received) => {
    const { id } = received.at(-1) as SseMessage;
    return id === '' ? undefined : { ...request, lastEventId: id };
  },
});
