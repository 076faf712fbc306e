import { asyncScheduler, defer, map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { RunHelpers } from 'rxjs/testing';
import type { StreamFetch, StreamResponse } from '../client/streamInit';
import { aFunction, check } from '../options/rules';
import { answers } from '../options/table';
import { utf8 } from './bytes';

type Cold = RunHelpers['cold'];
type SubscriptionLogs = Parameters<RunHelpers['expectSubscriptions']>[0];

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
  /** What `#` fails with, in `response` and in `body`. */
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
 * @param cold The helper of that name which `TestScheduler.run` gives.
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
  const requests: MarbleRequest[] = [];

  const answer = (
    { response = '(r|)', status = 200, statusText = '', headers, url, body, chunks, error }: MarbleResponse,
    request: MarbleRequest & { subscriptions: SubscriptionLogs },
  ): Observable<StreamResponse> => {
    const failure = error ?? new TypeError('marbleFetch: the connection failed here');
    const content = body == null ? null : cold(body, chunks, failure);
    if (content) request.subscriptions = content.subscriptions;
    return cold(response, undefined, failure).pipe(
      map(() => ({
        ok: status >= 200 && status < 300,
        status,
        statusText,
        headers: new Headers(headers ?? { 'content-type': 'text/event-stream' }),
        url: url ?? request.url,
        body: content?.pipe(map((chunk) => (typeof chunk === 'string' ? utf8(chunk) : chunk))) ?? null,
      })),
    );
  };

  return {
    requests,
    fetch: (input, init) =>
      defer(() => {
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
        const response = typeof responses === 'function' ? responses(request) : responses[index];
        return answer(response ?? { response: '-' }, request);
      }),
  };
}

const sent = (address: string | URL): Pick<Request, 'url' | 'method' | 'body'> => ({
  url: String(address),
  method: 'GET',
  body: null,
});
