// Applications that still use zone.js, which has to be there before all that it patches.
import 'zone.js/node';
import '@angular/compiler';
import type { ServerResponse } from 'node:http';
import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import type { HttpInterceptorFn } from '@angular/common/http';
import { NgZone, provideZoneChangeDetection } from '@angular/core';
import type { ApplicationRef } from '@angular/core';
import { ReplaySubject, elementAt, filter, firstValueFrom, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HTTP_STREAM_FETCH, provideHttpStreams } from '../../src/angular';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { application } from './application';

const isReconnecting = (seen: unknown): boolean => (seen as { type?: string }).type === 'reconnecting';

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

const feed = (...messages: string[]): Promise<HttpServer> =>
  httpServer((_request, response) => {
    response.writeHead(200, EVENT_STREAM).flushHeaders();
    for (const message of messages) response.write(`data: ${message}\n\n`);
  });

interface ZoneApplication {
  readonly app: ApplicationRef;
  readonly zone: NgZone;
  readonly fetch: StreamFetch;
  /** Subscribes as a component does; what it sees, and whether in Angular's zone. */
  readonly subscribe: (stream: Observable<unknown>) => ReplaySubject<[seen: unknown, inside: boolean]>;
}

async function zoneApplication(...interceptors: HttpInterceptorFn[]): Promise<ZoneApplication> {
  const app = await application(
    provideZoneChangeDetection(),
    provideHttpClient(withFetch(), withInterceptors(interceptors)),
    provideHttpStreams(),
  );
  const zone = app.injector.get(NgZone);
  return {
    app,
    zone,
    fetch: app.injector.get(HTTP_STREAM_FETCH),
    subscribe(stream) {
      const seen = new ReplaySubject<[unknown, boolean]>(Infinity);
      const see = (value: unknown): void => {
        seen.next([value, NgZone.isInAngularZone()]);
      };
      zone.run(() => {
        const subscription = stream.subscribe({ next: see, error: see });
        onTestFinished(() => {
          subscription.unsubscribe();
        });
      });
      return seen;
    },
  };
}

/** Macrotasks of Angular's zone are what rendering on the server waits for. */
const settled = async ({ app, zone }: ZoneApplication): Promise<boolean> => {
  await app.whenStable();
  return !zone.hasPendingMacrotasks;
};

describe('an application with zone.js', () => {
  it('is stable once the headers have come, though its first request is a stream', async () => {
    const server = await feed();
    const application = await zoneApplication();

    void application.subscribe(fromEventSource(server.url, { fetch: application.fetch }));

    expect(await settled(application)).toBe(true);
    expect((await server.exchange(1)).response.closed).toBe(false);
  });

  it('is stable while an idleTimeout runs', async () => {
    const { url } = await feed('one');
    const application = await zoneApplication();

    const seen = application.subscribe(
      fromEventSource(url, { fetch: application.fetch, idleTimeout: 60_000 }),
    );
    await firstValueFrom(seen);

    expect(await settled(application)).toBe(true);
  });

  it.each<[string, (response: ServerResponse) => unknown]>([
    ['a connection', (response) => response.writeHead(200, EVENT_STREAM).end()],
    ['a refusal', (response) => response.writeHead(503).end()],
    ['a failure', (response) => response.destroy()],
  ])('is stable while a stream waits to reconnect after %s', async (_what, answer) => {
    const { url } = await httpServer((_request, response) => answer(response));
    const application = await zoneApplication();

    await firstValueFrom(
      application
        .subscribe(
          fromEventSource(url, {
            fetch: application.fetch,
            idleTimeout: 60_000,
            reconnect: { delay: 60_000, maxDelay: 60_000 },
            observe: 'lifecycle',
          }),
        )
        .pipe(filter(([seen]) => isReconnecting(seen))),
    );

    expect(await settled(application)).toBe(true);
  });

  it('gets values, those after a reconnection and errors too, in its zone', async () => {
    const { url, exchange } = await httpServer((_request, response) => {
      response.writeHead(200, EVENT_STREAM).write('data: one\n\n');
    });
    const { fetch, subscribe } = await zoneApplication();
    const one = [expect.objectContaining({ data: 'one' }), true];

    const seen = subscribe(fromEventSource(url, { fetch, reconnect: { delay: 1 } }));
    expect(await firstValueFrom(seen)).toEqual(one);
    (await exchange(1)).response.destroy();
    expect(await firstValueFrom(seen.pipe(elementAt(1)))).toEqual(one);
  });

  it('gets the error of an idleTimeout in its zone', async () => {
    const { url } = await feed();
    const { fetch, subscribe } = await zoneApplication();

    const seen = subscribe(fromEventSource(url, { fetch, idleTimeout: 100, reconnect: false }));

    expect(await firstValueFrom(seen)).toEqual([
      expect.objectContaining({ name: 'StreamTimeoutError' }),
      true,
    ]);
  });

  it('gets them outside of its zone where it has subscribed outside', async () => {
    const { url } = await feed('one');
    const { zone, fetch } = await zoneApplication();

    const inside = await firstValueFrom(
      zone.runOutsideAngular(() =>
        fromEventSource(url, { fetch, idleTimeout: 1_000 }).pipe(
          tap(() => {
            NgZone.assertNotInAngularZone();
          }),
        ),
      ),
    );

    expect(inside.data).toBe('one');
  });

  it('renders once a chunk', async () => {
    const { url, exchange } = await feed();
    const { zone, fetch, subscribe } = await zoneApplication();
    const seen = subscribe(fromEventSource(url, { fetch }));
    const { response } = await exchange(1);
    let sent = 0;
    const next = (): Promise<unknown> => {
      response.write('data: x\n\n');
      return firstValueFrom(seen.pipe(elementAt(sent++)));
    };
    await next();
    let renderings = 0;
    zone.onMicrotaskEmpty.subscribe(() => ++renderings);

    for (let n = 0; n < 10; n++) await next();

    expect(renderings).toBeLessThan(15);
  });

  it('sees the time-out that an interceptor sets', async () => {
    const { url, exchange } = await httpServer(() => undefined);
    const { fetch, subscribe, zone } = await zoneApplication((request, next) =>
      next(request.clone({ timeout: 50 })),
    );

    const seen = subscribe(fromNdjsonFetch(url, { fetch }));
    await exchange(1);

    expect(zone.hasPendingMacrotasks).toBe(false);
    expect(await firstValueFrom(seen)).toEqual([
      expect.objectContaining({ name: 'StreamNetworkError' }),
      true,
    ]);
  });
});
