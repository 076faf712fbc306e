import { asyncScheduler, defer, map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { StreamFetch, StreamResponse } from '../client/streamInit';
import { aFunction, check } from '../options/rules';
import { answers } from '../options/testing';
import { utf8 } from './bytes';
import { checkAnswer } from './checkAnswer';
import { workingCold } from './coldMarbles';
import type { Cold, SubscriptionLogs } from './coldMarbles';
import type { MarbleResponse } from './marbleResponse';

/** One request as the server received it. */
export interface MarbleRequest {
  /** Time of the request, in virtual milliseconds. */
  readonly frame: number;
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: RequestInit['body'];
  /** Aborted once the client has disconnected. */
  readonly signal: AbortSignal;
  /**
   * Times at which the body was subscribed and unsubscribed, for `expectSubscriptions`. Empty while there is no body.
   */
  readonly subscriptions: SubscriptionLogs;
}

/** A server in marbles. */
export interface MarbleFetch {
  /** Value for the `fetch` option of a reader. */
  readonly fetch: StreamFetch;
  /** All requests so far. */
  readonly requests: readonly MarbleRequest[];
}

/**
 * Creates a server from marbles, for specs under `TestScheduler.run`: its responses, their bodies and failures, for any
 * number of consecutive connections of a client, in virtual time and without a network.
 *
 * Pass `fetch` to a reader, flush, and inspect `requests`. A request after the last answer is recorded and never
 * answered, so that the spec ends even if the client reconnects for ever.
 *
 * Throws a `TypeError` that names the mistake if an answer is invalid. If a function returns the answers, `fetch`
 * throws that `TypeError`. It also rethrows an error of the function, so that a reader does not take the error for a
 * failed connection.
 *
 * @param cold - The helper `cold` of `TestScheduler.run`, or the same method of a library, such as `m.cold` of
 *   rxjs-marbles.
 * @param responses - The answers in the order of the requests, or a function that returns the answer to a request.
 *
 * @example
 * ```ts
 * import { TestScheduler } from 'rxjs/testing';
 * import { map } from 'rxjs';
 * import { fromEventSource } from 'rxjs-http-streams';
 * import { marbleFetch } from 'rxjs-http-streams/testing';
 *
 * const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
 * scheduler.run(({ cold, expectObservable, flush }) => {
 *   const server = marbleFetch(cold, [
 *     { body: '-a-#', chunks: { a: 'id: 1\ndata: one\n\n' } }, // cut after 3 ms
 *     { body: '-b-', chunks: { b: 'id: 2\ndata: two\n\n' } },
 *   ]);
 *   const data$ = fromEventSource('/feed', { fetch: server.fetch }).pipe(map(({ data }) => data));
 *
 *   expectObservable(data$, '10s !').toBe('-a 3001ms -b', { a: 'one', b: 'two' });
 *   flush();
 *   expect(server.requests[1]?.headers.get('last-event-id')).toBe('1');
 * });
 * ```
 */
export function marbleFetch(
  cold: Cold,
  responses: readonly MarbleResponse[] | ((request: MarbleRequest) => MarbleResponse),
): MarbleFetch {
  check('cold', cold, aFunction);
  check('responses', responses, answers);
  if (typeof responses !== 'function') {
    responses.forEach((response, index) => {
      checkAnswer(`responses[${index}]`, response);
    });
  }
  const marbles = workingCold(cold);
  const requests: MarbleRequest[] = [];

  const answer = (
    { response = '(r|)', status = 200, statusText = '', headers, url, body, chunks, error }: MarbleResponse,
    request: MarbleRequest & { subscriptions: SubscriptionLogs },
  ): Observable<StreamResponse> => {
    const failure = error ?? new TypeError('marbleFetch: the connection failed here');
    const content = body == null ? null : marbles(body, undefined, failure);
    if (content) request.subscriptions = content.subscriptions;
    return marbles(response, undefined, failure).pipe(
      map(() => ({
        ok: status >= 200 && status < 300,
        status,
        statusText,
        headers: new Headers(headers ?? { 'content-type': 'text/event-stream' }),
        url: url ?? request.url,
        body: content?.pipe(map((marble) => bytesOf(chunks?.[marble] ?? marble))) ?? null,
      })),
    );
  };

  const handle = (input: Parameters<StreamFetch>[0], init: RequestInit): Observable<StreamResponse> => {
    const { url, method, body } = typeof input === 'object' && 'url' in input ? input : sent(input);
    const request = {
      frame: asyncScheduler.now(),
      url,
      method: init.method ?? method,
      headers: new Headers(init.headers),
      body: init.body ?? body,
      signal: init.signal ?? new AbortController().signal,
      subscriptions: [],
    };
    const index = requests.push(request) - 1;
    if (typeof responses !== 'function') return answer(responses[index] ?? { response: '-' }, request);
    const response = responses(request);
    checkAnswer('the result of responses', response);
    return answer(response, request);
  };

  return {
    requests,
    fetch(input, init) {
      // Called before the subscription: an error thrown by `fetch` reaches the spec, whereas a reader would take an
      // error of the Observable for a failed connection.
      let first$: Observable<StreamResponse> | undefined = handle(input, init);
      return defer(() => {
        const response$ = first$ ?? handle(input, init);
        first$ = undefined;
        return response$;
      });
    },
  };
}

const bytesOf = (chunk: string | Uint8Array): Uint8Array => (typeof chunk === 'string' ? utf8(chunk) : chunk);

const sent = (address: string | URL): Pick<Request, 'url' | 'method' | 'body'> => ({
  url: String(address),
  method: 'GET',
  body: null,
});
