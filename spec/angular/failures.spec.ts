import '@angular/compiler';
import { HttpErrorResponse, HttpHeaders, HttpResponse } from '@angular/common/http';
import type { HttpInterceptorFn } from '@angular/common/http';
import { EMPTY, catchError, firstValueFrom, map, of, throwError, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isHttpStream } from '../../src/angular';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { finalOutcomeOf } from '../support/outcome';
import type { Outcome } from '../support/outcome';
import { fetchThrough } from './application';

const EVENT_STREAM = { 'content-type': 'text/event-stream' };
/** As often as a test can tell from for ever. */
const reconnect = { delay: 1, count: 2 };

/** The outcome of a feed that would be asked for again, and the number of its requests. */
async function feedThrough(
  interceptor: HttpInterceptorFn,
  url = 'http://host/',
  init = {},
): Promise<Outcome<unknown> & { requests: number }> {
  let requests = 0;
  const fetch = await fetchThrough((request, next) => {
    requests++;
    return interceptor(request, next);
  });
  const outcome = await finalOutcomeOf(fromEventSource(url, { fetch, reconnect, ...init }));
  return { ...outcome, requests };
}

const stubFetch = (fetch: () => Promise<Response>): void => {
  vi.stubGlobal('fetch', fetch);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
};

const feed = (): Promise<HttpServer> =>
  httpServer((_request, response) => {
    response.writeHead(200, EVENT_STREAM).write('data: one\n\n');
  });

const refusing = (): Promise<HttpServer> =>
  httpServer((_request, response) => {
    response.writeHead(401).end('{"code":"expired"}');
  });

describe("an interceptor's own failure ends a feed as it is, after one request", () => {
  it.each([
    ['an Error', new Error('session over')],
    ['a TypeError', new TypeError('a mistake')],
    ['a DOMException', new DOMException('too late', 'TimeoutError')],
    ['an error with a code', Object.assign(new Error('no token'), { code: 'ECONNREFUSED' })],
    ['no Error', 'text'],
  ])('with %s, before the request, as a throw, and in place of a refusal', async (_what, own) => {
    const { url, exchanges } = await refusing();
    const error = throwError(() => own);

    const outcomes = [
      await feedThrough(() => error),
      await feedThrough(() => {
        throw own as Error;
      }),
      await feedThrough((request, next) => next(request).pipe(catchError(() => error)), url),
    ];

    const expected = { values: [], completed: false, error: own, requests: 1 };
    expect(outcomes).toEqual([expected, expected, expected]);
    expect(outcomes.every(({ error }) => error === own)).toBe(true);
    expect(exchanges).toHaveLength(1);
  });

  it('in what it does with a response', async () => {
    const { url, exchange, exchanges } = await feed();

    const { error, requests } = await feedThrough(
      (request, next) =>
        next(request).pipe(
          map((event) =>
            event instanceof HttpResponse
              ? event.clone({ body: (event.body as { data: { rows: unknown } }).data.rows })
              : event,
          ),
        ),
      url,
    );

    expect(error).toBeInstanceOf(TypeError);
    expect(requests).toBe(1);
    expect(exchanges).toHaveLength(1);
    await (
      await exchange(1)
    ).disconnected;
  });

  it('when it gives no response', async () => {
    const { error, requests } = await feedThrough(() => EMPTY);

    expect(error).toEqual(new TypeError('An interceptor completed without a response'));
    expect(requests).toBe(1);
  });
});

describe('a request that cannot be made ends a feed with the TypeError of the platform', () => {
  it.each([
    ['a URL that cannot be parsed', 'http://', {}],
    ['a relative URL where there is no page', '/feed', {}],
    ['a GET with a body', 'http://host/', { body: 'x' }],
    ['a method that is forbidden', 'http://host/', { method: 'TRACE', reconnect }],
  ])('%s', async (_what, url, init) => {
    const { error, requests } = await feedThrough((request, next) => next(request), url, init);

    expect(error).toBeInstanceOf(TypeError);
    expect(requests).toBe(1);
  });

  it('and an init that is none', async () => {
    const { error, requests } = await feedThrough((request, next) => next(request), undefined, {
      context: { token: 1 },
    });

    expect(error).toEqual(new TypeError('context: expected an HttpContext, got object'));
    expect(requests).toBe(0);
  });
});

describe('a network that is down is asked again', () => {
  const down = {
    values: [],
    completed: false,
    error: expect.objectContaining({
      name: 'StreamNetworkError',
      phase: 'connect',
      attempt: 3,
      cause: expect.any(TypeError) as unknown,
    }) as unknown,
    requests: 3,
  };

  it('with its TypeError, also when an interceptor unwraps that or wraps it anew', async () => {
    const { url } = await httpServer((_request, response) => response.destroy());
    const failing = (handle: (error: HttpErrorResponse) => unknown): HttpInterceptorFn => {
      return (request, next) =>
        next(request).pipe(
          catchError((error: unknown) => throwError(() => handle(error as HttpErrorResponse))),
        );
    };

    expect(
      await feedThrough(
        failing((error) => error),
        url,
      ),
    ).toEqual(down);
    expect(
      await feedThrough(
        failing(({ error }) => error as unknown),
        url,
      ),
    ).toEqual(down);
    expect(
      await feedThrough(
        failing(({ error }) => new HttpErrorResponse({ error: error as unknown })),
        url,
      ),
    ).toEqual(down);
  });

  it('with a TypeError where the platform rejects with another error', async () => {
    const lost = new Error('Network connection lost.');
    stubFetch(() => Promise.reject(lost));

    const outcome = await feedThrough((request, next) => next(request));

    expect(outcome).toEqual(down);
    expect((outcome.error as Error).cause).toMatchObject({ cause: lost });
  });

  it('when an interceptor says so', async () => {
    expect(await feedThrough(() => throwError(() => new HttpErrorResponse({ status: 0 })))).toEqual(down);
  });
});

describe('the body of a stream', () => {
  const rewriting =
    (rewrite: (body: unknown) => unknown): HttpInterceptorFn =>
    (request, next) =>
      next(request).pipe(
        map((event) => (event instanceof HttpResponse ? event.clone({ body: rewrite(event.body) }) : event)),
      );

  it.each([
    ['a copy without its members', (body: unknown) => ({ ...(body as object) })],
    ['text', String],
    ['nothing', () => null],
    ['a list', (body: unknown) => [body]],
  ])('cannot be replaced with %s by an interceptor', async (_what, rewrite) => {
    const { url, exchange, exchanges } = await feed();
    const { error, requests } = await feedThrough(rewriting(rewrite), url);
    const fetch = await fetchThrough(rewriting(rewrite));

    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(/body of the stream was replaced.*isHttpStream/);
    expect(requests).toBe(1);
    await expect(firstValueFrom(fromNdjsonFetch(url, { fetch }))).rejects.toThrow(/was replaced/);
    expect(exchanges).toHaveLength(2);
    await (
      await exchange(1)
    ).disconnected;
  });

  it('is left alone by an interceptor that asks', async () => {
    const { url } = await feed();
    const asking: HttpInterceptorFn = (request, next) =>
      isHttpStream(request) ? next(request) : rewriting(() => ({}))(request, next);

    expect(await firstValueFrom(fromEventSource(url, { fetch: await fetchThrough(asking) }))).toMatchObject({
      data: 'one',
    });
  });

  it('may be replaced with another Response, or with a stream', async () => {
    const { url } = await httpServer((_request, response) => response.end('{"a":1}\n'));
    const asNumber = (body: unknown): ReadableStream<Uint8Array> =>
      (body as Response).body!.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            controller.enqueue(chunk.map((byte) => (byte === 0x31 ? 0x32 : byte)));
          },
        }),
      );

    for (const rewrite of [asNumber, (body: unknown) => new Response(asNumber(body))]) {
      const fetch = await fetchThrough(rewriting(rewrite));
      expect(await firstValueFrom(fromNdjsonFetch(url, { fetch }).pipe(toArray()))).toEqual([{ a: 2 }]);
    }
  });

  const bytes = new TextEncoder().encode('{"a":1}\n');
  it.each([
    ['text', '{"a":1}\n'],
    ['a value', { a: 1 }],
    ['bytes', bytes],
    ['a part of a buffer', new Uint8Array([0, ...bytes, 0]).subarray(1, -1)],
    ['a buffer', bytes.buffer],
    ['a blob', new Blob([bytes])],
    ['a stream', new Blob([bytes]).stream()],
    ['a Response', new Response(bytes)],
  ])('may be made by an interceptor that answers by itself, of %s', async (_what, body) => {
    const { url, exchanges } = await refusing();
    const itself = of(new HttpResponse({ body }));
    // A cache; one that knows an answer to a refusal.
    const instead: HttpInterceptorFn = (request, next) => next(request).pipe(catchError(() => itself));
    const fetches = [await fetchThrough(() => itself), await fetchThrough(instead)];

    const rows = async (fetch: Awaited<ReturnType<typeof fetchThrough>>): Promise<unknown> =>
      firstValueFrom(fromNdjsonFetch(url, { fetch }).pipe(toArray()));

    expect(await rows(fetches[0]!)).toEqual([{ a: 1 }]);
    if (!(body instanceof ReadableStream) && !(body instanceof Response)) {
      expect(await rows(fetches[1]!)).toEqual([{ a: 1 }]);
      expect(exchanges).toHaveLength(1);
    }
  });

  it('is nothing where an interceptor answers 204', async () => {
    const stopping: HttpInterceptorFn = () =>
      of(new HttpResponse({ status: 204, headers: new HttpHeaders(EVENT_STREAM) }));

    expect(await feedThrough(stopping)).toMatchObject({ completed: true, requests: 1 });
  });
});

describe('a refusal', () => {
  const seenThrough = async (url: string): Promise<{ seen: unknown; error: unknown }> => {
    let seen: unknown;
    const { error } = await feedThrough(
      (request, next) =>
        next(request).pipe(
          catchError((error: unknown): Observable<never> => {
            seen = (error as HttpErrorResponse).error;
            return throwError(() => error);
          }),
        ),
      url,
    );
    return { seen, error };
  };

  it('is read up to 65 536 characters, and its endless rest is cancelled', async () => {
    const left = vi.fn();
    let pulls = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulls++;
          controller.enqueue(new Uint8Array(16_384).fill(0x78));
        },
        cancel: left,
      },
      { highWaterMark: 0 },
    );
    stubFetch(() => Promise.resolve(new Response(body, { status: 403 })));

    const { seen, error } = await seenThrough('http://host/');

    expect(seen).toBe('x'.repeat(65_536));
    expect(error).toMatchObject({ name: 'HttpStatusError', status: 403, body: 'x'.repeat(65_536) });
    expect(pulls).toBe(4);
    expect(left).toHaveBeenCalledOnce();
  });

  it('keeps what the server said where that does not end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('banned'));
      },
    });
    stubFetch(() => Promise.resolve(new Response(body, { status: 403 })));

    const both = seenThrough('http://host/');
    await vi.advanceTimersByTimeAsync(2_000);

    const { seen, error } = await both;
    expect(seen).toBe('banned');
    expect(error).toMatchObject({ name: 'HttpStatusError', body: 'banned' });
  });

  it('reaches the reader as the server wrote it, and interceptors as what it means', async () => {
    const { url } = await httpServer((_request, response) =>
      response.writeHead(403).end('{ "code": 12345678901234567890 }'),
    );

    const { seen, error } = await seenThrough(url);

    expect(seen).toEqual({ code: 12345678901234567000 });
    expect(error).toMatchObject({ body: '{ "code": 12345678901234567890 }' });
  });

  it('is what an interceptor makes of it', async () => {
    const { url } = await refusing();
    const { error } = await feedThrough(
      (request, next) =>
        next(request).pipe(
          catchError(() => throwError(() => new HttpErrorResponse({ status: 418, error: { tea: true } }))),
        ),
      url,
    );

    expect(error).toMatchObject({ name: 'HttpStatusError', status: 418, body: '{"tea":true}' });
  });
});
