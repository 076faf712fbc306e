import { asyncScheduler, defer, map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { StreamFetch, StreamResponse } from '../client/streamInit';
import { aFunction, check } from '../options/rules';
import { answers } from '../options/testing';
import { utf8 } from './bytes';
import { checkAnswer } from './checkAnswer';
import { workingCold } from './coldMarbles';
import type { Cold, SubscriptionLogs } from './coldMarbles';

/** How the server answers one request. */
export interface MarbleResponse {
  /**
   * When: marbles with one value, `(r|)` if omitted (at once). `---r` takes 3 ms to answer; `---#` is a
   * connection that fails, `-` a server that never answers.
   */
  response?: string | undefined;
  /** 200 if omitted. */
  status?: number | undefined;
  statusText?: string | undefined;
  /** `content-type: text/event-stream` if omitted. */
  headers?: ConstructorParameters<typeof Headers>[0];
  /** Where it came from, after redirects. The URL that was asked for if omitted. */
  url?: string | undefined;
  /**
   * What arrives and when: a marble is a chunk, `|` the clean end, `#` a cut. Without one, or with `null`, there
   * is no body.
   */
  body?: string | null | undefined;
  /** The chunks, by marble: text goes as UTF-8. A marble that is not here stands for itself. */
  chunks?: Readonly<Record<string, string | Uint8Array>> | undefined;
  /**
   * The error of `#`, in `response` and in `body`. In `response` a `TypeError` is a failed connection, as that of
   * `fetch`.
   *
   * @defaultValue a `TypeError`
   */
  error?: unknown;
}

/** One request as the server saw it. */
export interface MarbleRequest {
  /** When it came, in virtual milliseconds. */
  readonly frame: number;
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: RequestInit['body'];
  /** Aborted once the client has left. */
  readonly signal: AbortSignal;
  /** When the body was read and left, for `expectSubscriptions`: empty while there is no body. */
  readonly subscriptions: SubscriptionLogs;
}

/** A server in marbles. */
export interface MarbleFetch {
  /** For the `fetch` option of a reader. */
  readonly fetch: StreamFetch;
  /** Every request so far. */
  readonly requests: readonly MarbleRequest[];
}

/**
 * A whole server as marbles, for specs under `TestScheduler.run`: responses, bodies, cuts and as many
 * connections in a row as a client makes, in virtual time and without a network.
 *
 * Give `fetch` to a reader, flush, and look at `requests`. A request after the last answer is recorded and never
 * answered, so that a client which reconnects for ever lets the spec end.
 *
 * A mistake in an answer is a `TypeError` that names it: thrown at once, or by `fetch` where a function gives the
 * answers. An error that this function throws is thrown by `fetch`, too, so that it is never taken for a failed
 * connection.
 *
 * @param cold The helper of that name which `TestScheduler.run` gives, or a method that is like it, `m.cold` of
 * rxjs-marbles for one.
 * @param responses The answers, in the order of the requests, or a function that gives one for each.
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

  const ask = (input: Parameters<StreamFetch>[0], init: RequestInit): Observable<StreamResponse> => {
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
      // Asked at once: what is thrown here is a mistake of the spec, what is emitted could be a network that is down.
      let answered: Observable<StreamResponse> | undefined = ask(input, init);
      return defer(() => {
        const response$ = answered ?? ask(input, init);
        answered = undefined;
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
