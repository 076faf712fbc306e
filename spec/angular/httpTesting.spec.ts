/// <reference types="zone.js" />
// What an application's own specs do with `HttpTestingController`, with `fakeAsync` too.
import 'zone.js/node';
import 'zone.js/testing';
import '@angular/compiler';
import { HttpErrorResponse, provideHttpClient, withInterceptors } from '@angular/common/http';
import type { HttpInterceptorFn } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { provideZoneChangeDetection } from '@angular/core';
import { fakeAsync, tick } from '@angular/core/testing';
import { catchError, map, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { HTTP_STREAM_FETCH, provideHttpStreams } from '../../src/angular';
import { application } from './application';

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

interface Tested {
  readonly fetch: StreamFetch;
  readonly controller: HttpTestingController;
  /** All that a stream has said so far: values, errors and `'complete'`. */
  readonly observe: (stream: Observable<unknown>) => unknown[];
}

async function tested(...interceptors: HttpInterceptorFn[]): Promise<Tested> {
  const { injector } = await application(
    provideZoneChangeDetection(),
    provideHttpClient(withInterceptors(interceptors)),
    provideHttpStreams(),
    provideHttpClientTesting(),
  );
  return {
    fetch: injector.get(HTTP_STREAM_FETCH),
    controller: injector.get(HttpTestingController),
    observe(stream) {
      const said: unknown[] = [];
      const say = (value: unknown): void => {
        said.push(value);
      };
      stream.subscribe({ next: say, error: say, complete: () => said.push('complete') });
      return said;
    },
  };
}

describe('HttpTestingController', () => {
  it('flushes text, all of which is there at once', async () => {
    const { fetch, controller, observe } = await tested();
    const rows = observe(fromNdjsonFetch('/rows', { fetch }));
    const text = observe(fromChunkedFetch('/text', { fetch }));
    const messages = observe(fromEventSource('/feed', { fetch, reconnect: false }));

    controller.expectOne('/rows').flush('{"a":1}\n{"a":"€"}\n');
    controller.expectOne('/text').flush('one');
    controller.expectOne('/feed').flush('data: one\n\n', { headers: EVENT_STREAM });

    expect(rows).toEqual([{ a: 1 }, { a: '€' }, 'complete']);
    expect(text).toEqual(['one', 'complete']);
    expect(messages).toEqual([{ type: 'message', data: 'one', id: '' }, 'complete']);
    controller.verify();
  });

  it.each([
    ['an object', { a: [1] }, [{ a: [1] }]],
    ['an array', [1, 2], [[1, 2]]],
    ['a number', 7, [7]],
    ['false', false, [false]],
    ['no text', '', []],
    ['nothing', null, []],
  ])('flushes %s as a line', async (_what, body, values) => {
    const { fetch, controller, observe } = await tested();
    const rows = observe(fromNdjsonFetch('/rows', { fetch }));

    controller.expectOne('/rows').flush(body);

    expect(rows).toEqual([...values, 'complete']);
  });

  it('ends a feed with a body of null, which is a 204', async () => {
    const { fetch, controller, observe } = await tested();
    const messages = observe(fromEventSource('/feed', { fetch }));

    controller.expectOne('/feed').flush(null);

    expect(messages).toEqual(['complete']);
  });

  it.each([
    ['text', 'who are you?', 'who are you?'],
    ['a value', { code: 'expired' }, '{"code":"expired"}'],
    ['nothing', null, ''],
  ])('flushes a refusal with %s, which is there at once', async (_what, body, text) => {
    const { fetch, controller, observe } = await tested();
    const said = [observe(fromNdjsonFetch('/rows', { fetch })), observe(fromEventSource('/feed', { fetch }))];

    for (const url of ['/rows', '/feed']) {
      controller.expectOne(url).flush(body, { status: 401, statusText: 'Unauthorized' });
    }

    const error = { name: 'HttpStatusError', status: 401, statusText: 'Unauthorized', body: text };
    expect(said).toEqual([[expect.objectContaining(error)], [expect.objectContaining(error)]]);
  });

  it('fails a request as a network does, or with a status', async () => {
    const { fetch, controller, observe } = await tested();
    const lost = observe(fromNdjsonFetch('/lost', { fetch }));
    const refused = observe(fromNdjsonFetch('/refused', { fetch }));
    const event = new Event('error') as ProgressEvent;

    controller.expectOne('/lost').error(event);
    controller.expectOne('/refused').error(event, { status: 503, statusText: 'Busy' });

    expect(lost).toEqual([
      expect.objectContaining({
        name: 'StreamNetworkError',
        phase: 'connect',
        cause: expect.any(TypeError) as unknown,
      }),
    ]);
    expect(refused).toEqual([expect.objectContaining({ name: 'HttpStatusError', status: 503, body: '' })]);
  });

  it('lets interceptors answer what it flushes, and change it', async () => {
    let refused = 0;
    const { fetch, controller, observe } = await tested((request, next) =>
      next(request).pipe(
        catchError((error: unknown) => {
          if (!(error instanceof HttpErrorResponse)) return throwError(() => error);
          refused = error.status;
          return next(request);
        }),
        map((event) => ('body' in event ? event.clone({ body: { changed: event.body } }) : event)),
      ),
    );
    const rows = observe(fromNdjsonFetch('/rows', { fetch }));

    controller.expectOne('/rows').flush('', { status: 401, statusText: 'Unauthorized' });
    controller.expectOne('/rows').flush('one');

    expect(rows).toEqual([{ changed: 'one' }, 'complete']);
    expect(refused).toBe(401);
  });

  it('knows when a stream was left', async () => {
    const { fetch, controller } = await tested();
    const subscription = fromNdjsonFetch('/rows', { fetch }).subscribe();
    const request = controller.expectOne('/rows');

    subscription.unsubscribe();

    expect(request.cancelled).toBe(true);
  });
});

const inProxyZone = (test: () => void): void => {
  const { ProxyZoneSpec } = Zone as unknown as { ProxyZoneSpec: new () => ZoneSpec };
  Zone.current.fork(new ProxyZoneSpec()).run(test);
};

describe('fakeAsync', () => {
  it('sees what was flushed without a tick, and governs when a feed is asked for again', async () => {
    const { fetch, controller, observe } = await tested();

    inProxyZone(
      fakeAsync(() => {
        const stop = new AbortController();
        const data$ = fromEventSource('/feed', { fetch, idleTimeout: 60_000, signal: stop.signal }).pipe(
          map(({ data }) => data),
        );
        const data = observe(data$);

        controller.expectOne('/feed').flush('data: one\n\n', { headers: EVENT_STREAM });
        expect(data).toEqual(['one']);

        tick(2_999);
        controller.expectNone('/feed');
        tick(1);
        controller.expectOne('/feed').flush('', { status: 401, statusText: 'Unauthorized' });
        expect(data).toEqual(['one', expect.objectContaining({ status: 401 })]);
        stop.abort();
      }),
    );
  });

  it('governs an idleTimeout', async () => {
    const { fetch, controller, observe } = await tested();

    inProxyZone(
      fakeAsync(() => {
        const rows = observe(fromNdjsonFetch('/rows', { fetch, idleTimeout: 5_000 }));
        controller.expectOne('/rows');

        tick(5_000);

        expect(rows).toEqual([expect.objectContaining({ name: 'StreamTimeoutError' })]);
      }),
    );
  });
});
