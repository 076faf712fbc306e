// What an application's own specs do with `HttpStreamTestingController`.
import '@angular/compiler';
import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController } from '@angular/common/http/testing';
import { InjectionToken } from '@angular/core';
import { NEVER, ReplaySubject, defer, map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { fromEventSource } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { ndjson, sse } from 'rxjs-http-streams/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  HTTP_STREAM_FETCH,
  eventSourceResource,
  ndjsonResource,
  provideHttpStreams,
} from '../../src/angular';
import { HttpStreamTestingController, provideHttpStreamsTesting } from '../../src/angular-testing';
import { RENDERING_FRAME } from '../../src/angular/renderingFrame';
import { application } from './application';

interface Tested<T> {
  readonly made: T;
  readonly streams: HttpStreamTestingController;
  readonly http: HttpClient;
  readonly requests: HttpTestingController;
  readonly fetch: StreamFetch;
}

async function tested<T>(make: () => T): Promise<Tested<T>> {
  const made = new InjectionToken('made', { providedIn: 'root', factory: make });
  const app = await application(
    provideHttpClient(
      withInterceptors([(request, next) => next(request.clone({ setHeaders: { by: 'interceptor' } }))]),
    ),
    provideHttpStreams(),
    { provide: RENDERING_FRAME, useValue: NEVER },
    provideHttpStreamsTesting(),
  );
  const { injector } = app;
  const result = injector.get(made);
  app.tick();
  return {
    made: result,
    streams: injector.get(HttpStreamTestingController),
    http: injector.get(HttpClient),
    requests: injector.get(HttpTestingController),
    fetch: injector.get(HTTP_STREAM_FETCH),
  };
}

/** Lets a resource take its stream: a microtask. */
const taken = (): Promise<void> => Promise.resolve();

describe('HttpStreamTestingController', () => {
  it('opens a stream and sends what a resource shows at once', async () => {
    const { made: resource, streams } = await tested(() =>
      eventSourceResource(() => '/prices', { parse: Number }),
    );
    const stream = streams.expectOne('/prices');
    expect([stream.request.headers.get('by'), stream.closed, resource.connection()]).toEqual([
      'interceptor',
      false,
      'connecting',
    ]);

    stream.open();
    await taken();
    expect(resource.connection()).toBe('open');
    stream.send(sse({ id: '1', data: 41 }), sse({ id: '2', data: 42 }));

    expect([resource.value(), resource.status(), stream.closed]).toEqual([42, 'resolved', false]);
    streams.verify();
  });

  it('cuts a stream, and knows the last event ID of the next request', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { made: resource, streams } = await tested(() => eventSourceResource(() => '/prices'));
    const stream = streams
      .expectOne('/prices')
      .open()
      .send(sse({ id: 'é1', data: 'one' }));
    await taken();

    stream.cut();
    expect([resource.connection(), resource.nextAttempt(), stream.closed]).toEqual([
      'reconnecting',
      Date.now() + 3_000,
      true,
    ]);
    streams.expectNone('/prices');
    vi.advanceTimersByTime(3_000);

    const next = streams.expectOne('/prices');
    expect([next.lastEventId, stream.lastEventId]).toEqual(['é1', '']);
    next.cut();
    expect(resource.connection()).toBe('reconnecting');
    vi.advanceTimersByTime(30_000);
    streams.expectOne('/prices').refuse(403, 'no');
    expect(resource.error()).toMatchObject({ status: 403, body: 'no' });
  });

  it('ends a stream, and knows when a client has aborted one', async () => {
    const { made, streams } = await tested(() => ({
      rows: ndjsonResource<{ n: number }>(() => '/rows'),
      feed: eventSourceResource(() => '/feed?share=ACME'),
    }));
    const rows = streams.expectOne(({ url }) => url === '/rows');
    const feed = streams.expectOne('/feed?share=ACME');

    rows
      .open({ headers: {} })
      .send(ndjson({ n: 1 }, { n: 2 }))
      .end();
    await taken();
    expect([made.rows.value()?.n, made.rows.connection(), rows.closed]).toEqual([2, 'closed', true]);
    made.feed.destroy();
    expect(feed.closed).toBe(true);
  });

  it('takes marbles for a body', async () => {
    const { streams, fetch } = await tested(() => undefined);
    const scheduler = new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    });

    scheduler.run(({ cold, expectObservable }) => {
      const data$ = defer(() => {
        const data$ = new ReplaySubject<string>(Infinity);
        fromEventSource('/prices', { fetch })
          .pipe(map(({ data }) => data))
          .subscribe(data$);
        streams.expectOne('/prices').open({ body: cold('-a-b-#', { a: sse('one'), b: sse('two') }) });
        return data$;
      });
      expectObservable(data$, '9ms !').toBe('-a-b-', { a: 'one', b: 'two' });
    });
  });

  it('leaves other requests to HttpTestingController, and verifies them all', async () => {
    const { streams, http, requests } = await tested(() => [
      eventSourceResource(() => '/a'),
      eventSourceResource(() => '/b'),
    ]);
    http.get('/c').subscribe();

    expect(() => streams.expectOne('/c')).toThrow('a stream of /c');
    expect(() => {
      streams.expectNone('/a');
    }).toThrow('a stream of /a');
    requests.expectOne('/c');
    expect(() => {
      streams.verify();
    }).toThrow('/b');
    expect(streams.match(() => true)).toHaveLength(1);
    streams.verify();
    expect(() => streams.expectOne(() => true)).toThrow('a stream by function');
  });

  it('says that a stream has to be open', async () => {
    const { streams } = await tested(() => eventSourceResource(() => '/prices'));
    const stream = streams.expectOne('/prices');

    expect(() => stream.send('data: 1\n\n')).toThrow('send() needs open() before');
    expect(() => {
      stream.end();
    }).toThrow('end() needs open() before');
  });
});
