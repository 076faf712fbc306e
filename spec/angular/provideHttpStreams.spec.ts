// Angular's packages are compiled when they are loaded here, and this has to be there before.
import '@angular/compiler';
import { text } from 'node:stream/consumers';
import {
  HttpClient,
  HttpContext,
  HttpContextToken,
  HttpErrorResponse,
  HttpHeaders,
  HttpResponse,
  HttpXhrBackend,
  provideHttpClient,
  withFetch,
  withInterceptors,
  withRequestsMadeViaParent,
} from '@angular/common/http';
import type { HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { createEnvironmentInjector, inject } from '@angular/core';
import {
  EMPTY,
  NEVER,
  Subject,
  catchError,
  defer,
  firstValueFrom,
  lastValueFrom,
  map,
  of,
  retry,
  switchMap,
  take,
  tap,
  throwError,
  timeout,
  toArray,
} from 'rxjs';
import { fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { HTTP_STREAM_FETCH, isHttpStream, provideHttpStreams } from '../../src/angular';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { application, fetchThrough } from './application';

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

/** One message, and then it is quiet. */
const quietFeed = (): Promise<HttpServer> =>
  httpServer((_request, response) => {
    response.writeHead(200, EVENT_STREAM).write('id: 1\ndata: one\n\n');
  });

/** Says with what it was asked. */
const echo = (): Promise<HttpServer> =>
  httpServer((request, response) => {
    void text(request).then((body) => {
      const { method, url, headers } = request;
      response.end(JSON.stringify({ method, url, type: headers['content-type'], body }));
    });
  });

const withToken = (request: HttpRequest<unknown>, token: string): HttpRequest<unknown> =>
  request.clone({ setHeaders: { authorization: `Bearer ${token}` } });

const tokens = ({ exchanges }: HttpServer): (string | undefined)[] =>
  exchanges.map(({ request }) => request.headers.authorization);

/** Records the arguments of the platform's `fetch`, which is not called. */
function fetchCalls(response = new Response('done')): [string, RequestInit][] {
  const calls: [string, RequestInit][] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    calls.push([url, init]);
    return Promise.resolve(response);
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  return calls;
}

describe('a request of a reader', () => {
  it('passes the interceptors, in their order, before it is sent', async () => {
    const { url, exchange } = await quietFeed();
    const fetch = await fetchThrough(
      (request, next) => next(request.clone({ setHeaders: { a: '1' } })),
      (request, next) => next(request.clone({ setHeaders: { b: `${request.headers.get('a')}2` } })),
    );

    await firstValueFrom(fromEventSource(url, { fetch, headers: { c: '3' } }));

    expect((await exchange(1)).request.headers).toMatchObject({
      a: '1',
      b: '12',
      c: '3',
      accept: 'text/event-stream',
    });
  });

  it('is not sent before the reader is subscribed, and sent once a subscription', async () => {
    const { url, exchanges } = await quietFeed();
    const intercepted = vi.fn();
    const fetch = await fetchThrough((request, next) => {
      intercepted();
      return next(request);
    });

    const feed$ = fromEventSource(url, { fetch });
    expect(intercepted).not.toHaveBeenCalled();
    await firstValueFrom(feed$);
    await firstValueFrom(feed$);

    expect(intercepted).toHaveBeenCalledTimes(2);
    expect(exchanges).toHaveLength(2);
  });

  it('lets interceptors use what is injected', async () => {
    const { url, exchange } = await quietFeed();
    const fetch = await fetchThrough((request, next) =>
      next(withToken(request, typeof inject(HttpClient).request)),
    );

    await firstValueFrom(fromEventSource(url, { fetch }));

    expect((await exchange(1)).request.headers.authorization).toBe('Bearer function');
  });

  it('goes where, how and with what an interceptor says', async () => {
    const { url } = await echo();
    const fetch = await fetchThrough((request, next) =>
      next(request.clone({ url: `${url}other`, method: 'PUT', setParams: { q: '1' }, body: { a: [1] } })),
    );

    const said = await firstValueFrom(fromNdjsonFetch(`${url}first`, { fetch, method: 'POST', body: 'x' }));

    expect(said).toEqual({ method: 'PUT', url: '/other?q=1', type: 'application/json', body: '{"a":[1]}' });
  });

  const form = new FormData();
  form.set('field', 'value');
  it.each([
    ['a string', 'text', 'text/plain;charset=UTF-8', 'text'],
    ['bytes', new TextEncoder().encode('bytes'), undefined, 'bytes'],
    ['a buffer', new TextEncoder().encode('buffer').buffer, undefined, 'buffer'],
    ['a blob', new Blob(['blob'], { type: 'text/x-blob' }), 'text/x-blob', 'blob'],
    [
      'form fields',
      new URLSearchParams({ a: '1 2' }),
      'application/x-www-form-urlencoded;charset=UTF-8',
      'a=1+2',
    ],
    [
      'a form',
      form,
      expect.stringMatching(/^multipart\/form-data; boundary=/) as unknown,
      expect.stringContaining('name="field"\r\n\r\nvalue') as unknown,
    ],
  ])('carries %s as the platform does', async (_what, body, type, arrived) => {
    const { url } = await echo();
    const fetch = await fetchThrough((request, next) => next(request));

    const said = await firstValueFrom(fromNdjsonFetch(url, { fetch, method: 'POST', body }));

    expect(said).toEqual({ method: 'POST', url: '/', type, body: arrived });
  });

  it('carries a body that streams', async () => {
    const { url } = await echo();
    const fetch = await fetchThrough((request, next) => next(request));
    const body = new Blob(['stre', 'am']).stream();

    const said = await firstValueFrom(
      fromNdjsonFetch(url, { fetch, method: 'POST', body, duplex: 'half' } as RequestInit),
    );

    expect(said).toMatchObject({ body: 'stream' });
  });

  it('may be a Request, whose body interceptors see, and which can be sent again', async () => {
    const { url } = await echo();
    const seen: unknown[] = [];
    const fetch = await fetchThrough((request, next) => {
      seen.push(new TextDecoder().decode(request.body as ArrayBuffer));
      return next(request);
    });
    const input = new Request(url, {
      method: 'PUT',
      body: 'text',
      headers: { 'content-type': 'text/x-own' },
    });
    const said$ = fromNdjsonFetch(input, { fetch });

    const said = [await firstValueFrom(said$), await firstValueFrom(said$)];

    const expected = { method: 'PUT', url: '/', type: 'text/x-own', body: 'text' };
    expect(said).toEqual([expected, expected]);
    expect(seen).toEqual(['text', 'text']);
  });

  it('takes a URL, and a Request without a body', async () => {
    const { url } = await echo();
    const fetch = await fetchThrough((request, next) => next(request));

    expect(await firstValueFrom(fromNdjsonFetch(new URL('a', url), { fetch }))).toMatchObject({ url: '/a' });
    expect(await firstValueFrom(fromNdjsonFetch(new Request(`${url}b`), { fetch }))).toMatchObject({
      method: 'GET',
      url: '/b',
      body: '',
    });
  });

  it('keeps every option of fetch, which interceptors see and may change', async () => {
    const calls = fetchCalls();
    const fetch = await fetchThrough((request, next) => {
      expect(request).toMatchObject({
        cache: 'no-cache',
        credentials: 'omit',
        mode: 'cors',
        redirect: 'error',
        transferCache: false,
      });
      return next(request.clone({ withCredentials: true, cache: 'reload' }));
    });
    const dispatcher = {};

    await lastValueFrom(
      fromChunkedFetch('http://host/', {
        fetch,
        cache: 'no-cache',
        credentials: 'omit',
        mode: 'cors',
        redirect: 'error',
        ...{ dispatcher },
      }),
    );

    expect(calls).toEqual([
      [
        'http://host/',
        expect.objectContaining({
          cache: 'reload',
          credentials: 'include',
          mode: 'cors',
          redirect: 'error',
          dispatcher,
        }),
      ],
    ]);
  });

  it('keeps the options of a Request', async () => {
    const calls = fetchCalls();
    const fetch = await fetchThrough((request, next) => next(request));
    const input = new Request('http://host/', {
      redirect: 'error',
      credentials: 'omit',
      integrity: 'sha256-x',
    });

    await lastValueFrom(fromChunkedFetch(input, { fetch }));

    expect(calls[0]?.[1]).toMatchObject({ redirect: 'error', credentials: 'omit', integrity: 'sha256-x' });
  });

  it('keeps the headers of a Request that is given to fetch alone, and invents no option', async () => {
    const calls = fetchCalls();
    const fetch = await fetchThrough((request, next) => next(request));

    await lastValueFrom(defer(() => fetch(new Request('http://host/', { headers: { a: '1' } }), {})));
    await lastValueFrom(defer(() => fetch('http://host/', {})));

    expect(new Headers(calls[0]?.[1].headers).get('a')).toBe('1');
    expect(Object.keys(calls[1]?.[1] ?? {}).sort()).toEqual([
      'body',
      'headers',
      'keepalive',
      'method',
      'signal',
    ]);
  });
});

describe('the context of a stream', () => {
  const SKIP_AUTH = new HttpContextToken(() => false);
  const TRIES = new HttpContextToken(() => 0);

  it('is given with the init, and seen by interceptors at each request', async () => {
    const { url } = await httpServer((_request, response) => response.writeHead(200, EVENT_STREAM).end());
    const seen: unknown[] = [];
    const fetch = await fetchThrough((request, next) => {
      seen.push([request.context.get(SKIP_AUTH), request.context.get(TRIES)]);
      request.context.set(TRIES, 1);
      return next(request);
    });
    const context = new HttpContext().set(SKIP_AUTH, true);

    const reconnect = { delay: 1, count: 1 };
    await lastValueFrom(fromEventSource(url, { fetch, context, reconnect }), { defaultValue: undefined });
    await lastValueFrom(fromNdjsonFetch(url, { fetch, context }), { defaultValue: undefined });
    await lastValueFrom(fromChunkedFetch(url, { fetch }), { defaultValue: undefined });

    expect(seen).toEqual([
      [true, 0],
      [true, 0],
      [true, 0],
      [false, 0],
    ]);
    expect([...context.keys()]).toEqual([SKIP_AUTH]);
  });

  it('may come from the request factory', async () => {
    const calls = fetchCalls();
    const fetch = await fetchThrough((request, next) => {
      expect(request.context.get(TRIES)).toBe(1);
      return next(request);
    });

    await lastValueFrom(
      fromChunkedFetch('http://host/', {
        fetch,
        request: ({ attempt }) => [{ context: new HttpContext().set(TRIES, attempt) }],
      }),
    );

    expect(calls).toHaveLength(1);
  });

  it('is told apart from other requests by isHttpStream', async () => {
    const { url } = await echo();
    const seen: boolean[] = [];
    const app = await application(
      provideHttpClient(
        withFetch(),
        withInterceptors([
          (request, next) => {
            seen.push(isHttpStream(request), isHttpStream(request.clone({ method: 'PUT' })));
            return next(request);
          },
        ]),
      ),
      provideHttpStreams(),
    );

    await lastValueFrom(fromNdjsonFetch(url, { fetch: app.injector.get(HTTP_STREAM_FETCH) }));
    await lastValueFrom(app.injector.get(HttpClient).get(url));

    expect(seen).toEqual([true, true, false, false]);
  });
});

describe('the time-out that an interceptor sets', () => {
  const within =
    (timeout: number): HttpInterceptorFn =>
    (request, next) =>
      next(request.clone({ timeout }));

  it('aborts a request without a response, as Angular does', async () => {
    const { url, exchange } = await httpServer(() => undefined);
    const errors: unknown[] = [];
    const fetch = await fetchThrough(
      (request, next) =>
        next(request).pipe(
          tap({
            error: (error: unknown) => {
              errors.push(error);
            },
          }),
        ),
      within(50),
    );

    const timedOut = expect.objectContaining({ name: 'TimeoutError' }) as unknown;
    await expect(firstValueFrom(fromNdjsonFetch(url, { fetch }))).rejects.toMatchObject({
      name: 'StreamNetworkError',
      phase: 'connect',
      cause: timedOut,
    });

    expect(errors).toEqual([
      expect.objectContaining({ name: 'HttpErrorResponse', status: 0, error: timedOut }),
    ]);
    await (
      await exchange(1)
    ).disconnected;
  });

  it('is over once the headers have come', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const calls = fetchCalls(new Response(new ReadableStream()));
    const fetch = await fetchThrough(within(50));
    const error = vi.fn();

    const subscription = fromNdjsonFetch('http://host/', { fetch }).subscribe({ error });
    await vi.advanceTimersByTimeAsync(60_000);

    expect(error).not.toHaveBeenCalled();
    expect(calls[0]?.[1].signal?.aborted).toBe(false);
    subscription.unsubscribe();
  });

  it('may be longer than a timer can be', async () => {
    const { url } = await echo();
    const fetch = await fetchThrough(within(2 ** 32));

    expect(await firstValueFrom(fromNdjsonFetch(url, { fetch }))).toMatchObject({ method: 'GET' });
  });
});

describe('a response', () => {
  it('reaches interceptors with its headers, before its body', async () => {
    const { url } = await quietFeed();
    const types: unknown[] = [];
    const fetch = await fetchThrough((request, next) =>
      next(request).pipe(
        tap((event) => {
          types.push(
            event instanceof HttpResponse ? [event.status, event.headers.get('content-type')] : event.type,
          );
        }),
      ),
    );

    await firstValueFrom(fromEventSource(url, { fetch }));

    expect(types).toEqual([0, [200, 'text/event-stream']]);
  });

  it('may be made by an interceptor, of text or of a value', async () => {
    const fetch = await fetchThrough((request) =>
      of(
        request.url === '/text'
          ? new HttpResponse({ body: 'data: made up\n\n', headers: new HttpHeaders(EVENT_STREAM) })
          : new HttpResponse({ body: { made: 'up' } }),
      ),
    );

    expect(await firstValueFrom(fromEventSource('/text', { fetch }))).toMatchObject({ data: 'made up' });
    expect(await firstValueFrom(fromNdjsonFetch('/value', { fetch }))).toEqual({ made: 'up' });
  });

  it('may be changed by an interceptor', async () => {
    const { url } = await httpServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).write('data: one\n\n');
    });
    const fetch = await fetchThrough((request, next) =>
      next(request).pipe(
        map((event) =>
          event instanceof HttpResponse ? event.clone({ headers: new HttpHeaders(EVENT_STREAM) }) : event,
        ),
      ),
    );

    expect(await firstValueFrom(fromEventSource(url, { fetch }))).toMatchObject({ data: 'one' });
  });

  it('of status 204 ends a feed', async () => {
    const { url } = await httpServer((_request, response) => response.writeHead(204).end());
    const fetch = await fetchThrough((request, next) => next(request));

    expect(await lastValueFrom(fromEventSource(url, { fetch }).pipe(toArray()))).toEqual([]);
  });

  it('that refuses is the HttpStatusError of the reader, with what the server said', async () => {
    const { url } = await httpServer((_request, response) =>
      response.writeHead(429, 'Slow Down', { 'retry-after': '7' }).end('too fast'),
    );
    const fetch = await fetchThrough((request, next) => next(request));

    await expect(firstValueFrom(fromNdjsonFetch(`${url}rows`, { fetch }))).rejects.toMatchObject({
      name: 'HttpStatusError',
      status: 429,
      statusText: 'Slow Down',
      retryAfter: 7_000,
      body: 'too fast',
      url: `${url}rows`,
    });
  });

  it('that refuses is an HttpErrorResponse for interceptors, what the server said as JSON where it is', async () => {
    const { url } = await httpServer((_request, response) =>
      response.writeHead(403, { 'content-type': 'application/json' }).end('{"code":"banned"}'),
    );
    const seen: unknown[] = [];
    const fetch = await fetchThrough((request, next) =>
      next(request).pipe(
        catchError((error: unknown) => {
          seen.push(error);
          return throwError(() => error);
        }),
      ),
    );

    await expect(firstValueFrom(fromEventSource(url, { fetch }))).rejects.toMatchObject({
      name: 'HttpStatusError',
      status: 403,
      body: '{"code":"banned"}',
    });
    expect(seen).toEqual([
      expect.objectContaining({ name: 'HttpErrorResponse', status: 403, error: { code: 'banned' } }),
    ]);
  });

  it('that refuses without a word is an HttpErrorResponse without one', async () => {
    const { url } = await httpServer((_request, response) => response.writeHead(403).end());
    const seen: unknown[] = [];
    const fetch = await fetchThrough((request, next) =>
      next(request).pipe(
        tap({
          error: (error: unknown) => {
            seen.push(error instanceof HttpErrorResponse && error.error);
          },
        }),
      ),
    );

    await expect(firstValueFrom(fromNdjsonFetch(url, { fetch }))).rejects.toMatchObject({ body: '' });
    expect(seen).toEqual([null]);
  });

  it('that never says why it refuses does not hold its status back', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const calls = fetchCalls(new Response(new ReadableStream(), { status: 403 }));
    const fetch = await fetchThrough((request, next) => next(request));

    const error = firstValueFrom(fromEventSource('http://host/', { fetch })).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2_000);

    expect(await error).toMatchObject({ name: 'HttpStatusError', status: 403, body: '' });
    expect(calls[0]?.[1].signal?.aborted).toBe(true);
  });

  it('that never comes is a failed connection for the reader, as without Angular', async () => {
    const { url } = await httpServer((_request, response) => response.destroy());
    const statuses: number[] = [];
    const fetch = await fetchThrough((request, next) =>
      next(request).pipe(
        tap({
          error: (error: unknown) => {
            if (error instanceof HttpErrorResponse) statuses.push(error.status);
          },
        }),
      ),
    );

    await expect(firstValueFrom(fromNdjsonFetch(url, { fetch }))).rejects.toMatchObject({
      name: 'StreamNetworkError',
      phase: 'connect',
      cause: expect.any(TypeError) as unknown,
    });
    expect(statuses).toEqual([0]);
  });

  it('is the error of an interceptor as it is when one fails, and says so when it gives none', async () => {
    const own = new Error('no session');
    const failing = await fetchThrough(() => throwError(() => own));
    const silent = await fetchThrough(() => EMPTY);

    await expect(firstValueFrom(fromNdjsonFetch('/', { fetch: failing }))).rejects.toBe(own);
    await expect(firstValueFrom(fromNdjsonFetch('/', { fetch: silent }))).rejects.toThrow(
      new TypeError('An interceptor completed without a response'),
    );
  });
});

describe('an interceptor that renews tokens', () => {
  /** Knows the tokens that are valid, and refuses the rest. */
  const guarded = (valid: Set<string>, cut: (n: number) => boolean = () => false): Promise<HttpServer> => {
    let n = 0;
    return httpServer((request, response) => {
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      if (!valid.has(token)) {
        response.writeHead(401, { 'content-type': 'application/json' }).end('{"code":"expired"}');
        return;
      }
      const id = ++n;
      response.writeHead(200, EVENT_STREAM).write(`retry: 100\nid: ${id}\ndata: ${id}\n\n`, () => {
        if (cut(id)) response.destroy();
      });
    });
  };

  const renewing = (renew: () => string, token = 'stale'): HttpInterceptorFn => {
    let current = token;
    return (request, next) =>
      next(withToken(request, current)).pipe(
        catchError((error: unknown) =>
          error instanceof HttpErrorResponse && error.status === 401
            ? defer(() => of((current = renew()))).pipe(switchMap((fresh) => next(withToken(request, fresh))))
            : throwError(() => error),
        ),
      );
  };

  it('answers a 401 with one retry, and the stream comes', async () => {
    const server = await guarded(new Set(['fresh']));
    const fetch = await fetchThrough(renewing(() => 'fresh'));

    await firstValueFrom(fromEventSource(server.url, { fetch, method: 'POST', body: 'question' }));

    expect(tokens(server)).toEqual(['Bearer stale', 'Bearer fresh']);
  });

  it('gives up after one retry, with the status', async () => {
    const server = await guarded(new Set());
    const fetch = await fetchThrough(renewing(() => 'wrong'));

    await expect(firstValueFrom(fromEventSource(server.url, { fetch }))).rejects.toMatchObject({
      name: 'HttpStatusError',
      status: 401,
    });
    expect(tokens(server)).toEqual(['Bearer stale', 'Bearer wrong']);
  });

  it('is asked again on each reconnection, which continues where it was', async () => {
    const valid = new Set(['a']);
    const server = await guarded(valid, (n) => {
      if (n === 1) {
        valid.delete('a');
        valid.add('b');
      }
      return n < 3;
    });
    const fetch = await fetchThrough(renewing(() => 'b', 'a'));

    const data$ = fromEventSource(server.url, { fetch }).pipe(
      map(({ data }) => data),
      take(3),
      toArray(),
    );

    expect(await lastValueFrom(data$)).toEqual(['1', '2', '3']);
    expect(tokens(server)).toEqual(['Bearer a', 'Bearer a', 'Bearer b', 'Bearer b']);
    expect(server.exchanges.map(({ request }) => request.headers['last-event-id'])).toEqual([
      undefined,
      '1',
      '1',
      '2',
    ]);
  });

  it('may retry many times without a warning of leaked listeners', async () => {
    const server = await httpServer((_request, response) =>
      response.writeHead(server.exchanges.length < 15 ? 503 : 200).end('{}\n'),
    );
    const fetch = await fetchThrough((request, next) => next(request).pipe(retry(20)));

    expect(await firstValueFrom(fromNdjsonFetch(server.url, { fetch }))).toEqual({});
    expect(server.exchanges.length).toBeGreaterThan(11);
  });
});

describe('unsubscribing from the reader', () => {
  it('aborts a request that waits for its response', async () => {
    const { url, exchange } = await httpServer(() => undefined);
    const fetch = await fetchThrough((request, next) => next(request));

    const subscription = fromEventSource(url, { fetch }).subscribe();
    const { disconnected } = await exchange(1);
    subscription.unsubscribe();

    await disconnected;
  });

  it('aborts a response whose body is quiet', async () => {
    const { url, exchange } = await quietFeed();
    const fetch = await fetchThrough((request, next) => next(request));

    await firstValueFrom(fromEventSource(url, { fetch }));

    await (
      await exchange(1)
    ).disconnected;
  });

  it('unsubscribes from an interceptor that waits, and sends nothing', async () => {
    const calls = fetchCalls();
    const left = vi.fn();
    const fetch = await fetchThrough(() => NEVER.pipe(tap({ unsubscribe: left })));

    fromEventSource('http://host/', { fetch }).subscribe().unsubscribe();

    expect(left).toHaveBeenCalledOnce();
    expect(calls).toEqual([]);
  });

  it('aborts a response that an interceptor holds back', async () => {
    const { url, exchange } = await quietFeed();
    const held = new Subject<void>();
    const fetch = await fetchThrough((request, next) =>
      next(request).pipe(
        switchMap((event) => {
          if (!(event instanceof HttpResponse)) return of(event);
          held.next();
          return NEVER;
        }),
      ),
    );

    const holding = firstValueFrom(held);
    const subscription = fromEventSource(url, { fetch }).subscribe();
    await holding;
    subscription.unsubscribe();

    await (
      await exchange(1)
    ).disconnected;
  });
});

describe('an interceptor that gives a request up', () => {
  it('aborts it', async () => {
    const { url, exchange } = await httpServer(() => undefined);
    const fetch = await fetchThrough((request, next) =>
      next(request).pipe(timeout({ each: 50, with: () => throwError(() => new Error('too late')) })),
    );

    await expect(firstValueFrom(fromNdjsonFetch(url, { fetch }))).rejects.toThrow(new Error('too late'));

    await (
      await exchange(1)
    ).disconnected;
  });
});

describe('a signal of the one who calls fetch', () => {
  it('aborts the request with its reason, also when it was aborted before', async () => {
    const { url, exchanges } = await httpServer(() => undefined);
    const fetch = await fetchThrough((request, next) => next(request));
    const reason = new Error('enough');

    await expect(firstValueFrom(defer(() => fetch(url, { signal: AbortSignal.abort(reason) })))).rejects.toBe(
      reason,
    );
    expect(exchanges).toEqual([]);
  });
});

describe('the application', () => {
  it('is stable once the headers have come, though the stream goes on', async () => {
    const { url, exchange } = await quietFeed();
    const app = await application(provideHttpClient(withFetch()), provideHttpStreams());
    const fetch = app.injector.get(HTTP_STREAM_FETCH);
    const opened = new Subject<void>();
    const opening = firstValueFrom(opened);

    const subscription = fromEventSource(url, { fetch }).subscribe(() => {
      opened.next();
    });
    await opening;
    await app.whenStable();

    expect((await exchange(1)).response.closed).toBe(false);
    subscription.unsubscribe();
  });

  it.each([
    ['withFetch()', [withFetch()]],
    ['XMLHttpRequest', []],
  ])('goes on with %s for what is no stream', async (_name, features) => {
    const { url } = await echo();
    const handled = vi.spyOn(HttpXhrBackend.prototype, 'handle').mockReturnValue(EMPTY);
    onTestFinished(() => {
      handled.mockRestore();
    });
    const app = await application(provideHttpClient(...features), provideHttpStreams());

    const said = await lastValueFrom(app.injector.get(HttpClient).get(url), { defaultValue: 'by XHR' });

    expect(said).toEqual(features.length ? expect.objectContaining({ method: 'GET' }) : 'by XHR');
  });

  it('streams with either backend', async () => {
    const { url } = await quietFeed();
    const app = await application(provideHttpClient(), provideHttpStreams());

    const message = await firstValueFrom(
      fromEventSource(url, { fetch: app.injector.get(HTTP_STREAM_FETCH) }),
    );

    expect(message.data).toBe('one');
  });

  it('has the interceptors of a lazy route run, and those of its parent', async () => {
    const { url, exchange } = await quietFeed();
    const named =
      (name: string): HttpInterceptorFn =>
      (request, next) =>
        next(request.clone({ setHeaders: { by: `${request.headers.get('by') ?? ''}${name}` } }));
    const app = await application(
      provideHttpClient(withFetch(), withInterceptors([named('parent')])),
      provideHttpStreams(),
    );
    const route = createEnvironmentInjector(
      [
        provideHttpClient(withRequestsMadeViaParent(), withInterceptors([named('route ')])),
        provideHttpStreams(),
      ],
      app.injector,
    );

    await firstValueFrom(fromEventSource(url, { fetch: route.get(HTTP_STREAM_FETCH) }));

    expect((await exchange(1)).request.headers).toMatchObject({ by: 'route parent' });
  });

  it('is told when a lazy route alone has streams', async () => {
    const app = await application(provideHttpClient(withFetch()));
    const route = createEnvironmentInjector(
      [provideHttpClient(withRequestsMadeViaParent()), provideHttpStreams()],
      app.injector,
    );

    expect(() => route.get(HTTP_STREAM_FETCH)).toThrow(/beside the provideHttpClient\(\) of the parent/);
  });

  it('is told when the providers are in the wrong order', async () => {
    const app = await application(provideHttpStreams(), provideHttpClient(withFetch()));

    expect(() => app.injector.get(HTTP_STREAM_FETCH)).toThrow(/has to come after provideHttpClient\(\)/);
  });
});
