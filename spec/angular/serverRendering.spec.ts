// What a server renders of a resource, and what the browser makes of it.
import '@angular/compiler';
import { provideHttpClient, withFetch } from '@angular/common/http';
import { InjectionToken, PLATFORM_ID, TransferState, createEnvironmentInjector } from '@angular/core';
import type { ApplicationRef, Provider, StateKey } from '@angular/core';
import { NEVER, Observable, concat, of } from 'rxjs';
import type { StreamFetch } from 'rxjs-http-streams';
import { sse } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import {
  HTTP_STREAM_FETCH,
  eventSourceResource,
  ndjsonResource,
  provideHttpStreams,
} from '../../src/angular';
import { RENDERING_FRAME } from '../../src/angular/renderingFrame';
import { eventually } from '../end-to-end/eventually';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { application } from './application';

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

interface Page<T> {
  readonly made: T;
  readonly app: ApplicationRef;
}

async function page<T>(make: () => T, ...providers: Provider[]): Promise<Page<T>> {
  const app = await application(provideHttpClient(withFetch()), provideHttpStreams(), ...providers);
  const made = new InjectionToken<T>('made');
  const host = createEnvironmentInjector([{ provide: made, useFactory: make }], app.injector);
  return { made: host.get(made), app };
}

/** Renders on a server, and returns what the page hands over to the browser. */
async function rendered<T>(make: () => T): Promise<{ readonly made: T; readonly state: string }> {
  const { made, app } = await page(make, { provide: PLATFORM_ID, useValue: 'server' });
  await app.whenStable();
  return { made, state: app.injector.get(TransferState).toJson() };
}

/** The same in a browser that shows nothing until its first frame. */
const hydrated = <T>(make: () => T, state: string): Promise<Page<T>> =>
  page(
    make,
    {
      provide: TransferState,
      useFactory: () => {
        const transferState = new TransferState();
        for (const [key, value] of Object.entries(JSON.parse(state) as object)) {
          transferState.set(key as StateKey<unknown>, value as unknown);
        }
        return transferState;
      },
    },
    { provide: RENDERING_FRAME, useValue: undefined },
  );

/** A feed that sends a message to each client, and more when the spec writes it. */
const feed = (message: string): Promise<HttpServer> =>
  httpServer((_request, response) => {
    response.writeHead(200, EVENT_STREAM).write(message);
  });

describe('a page that was rendered on a server', () => {
  it('has the value at once, and goes on after the last event ID', async () => {
    const server = await feed(
      'event: hello\ndata: x\n\nid: 1\nevent: n\ndata: 1\n\nid: 2\nevent: n\ndata: 2\n\n',
    );
    const sum = () =>
      eventSourceResource(() => server.url, {
        parse: { n: Number },
        reduce: (all, { data }) => [...all, data],
        defaultValue: [] as number[],
      });
    const { state, made: first } = await rendered(sum);
    expect(first.value()).toEqual([1]);
    await server.disconnected(1);

    const { made: resource } = await hydrated(sum, state);
    expect([resource.value(), resource.status(), resource.hasValue(), resource.connection()]).toEqual([
      [1],
      'resolved',
      true,
      'connecting',
    ]);
    expect(resource.snapshot()).toEqual({ status: 'resolved', value: [1] });
    const { request, response } = await server.exchange(2);
    expect(request.headers['last-event-id']).toBe('1');
    response.write('id: 3\nevent: n\ndata: 3\n\n');

    await eventually(resource.value).toEqual([1, 1, 2, 3]);
    resource.reload();
    expect((await server.exchange(3)).request.headers['last-event-id']).toBeUndefined();
  });

  it('keeps the value until the first one of a feed without IDs, which begins anew', async () => {
    const server = await feed('data: 1\n\n');
    const sum = () =>
      eventSourceResource(() => server.url, { parse: Number, reduce: (all, n) => all + n, defaultValue: 0 });
    const { state } = await rendered(sum);

    const { made: resource } = await hydrated(sum, state);

    expect(resource.value()).toBe(1);
    await eventually(resource.connection).toBe('open');
    await eventually(resource.value).toBe(1);
    (await server.exchange(2)).response.write('data: 5\n\n');
    await eventually(resource.value).toBe(6);
  });

  it('keeps the first row until the rows come anew', async () => {
    const server = await httpServer((_request, response) => {
      response.writeHead(200).write('{"n":"9007199254740993"}\n{"n":"2"}\n');
    });
    const rows = () =>
      ndjsonResource(() => server.url, {
        parse: (text) => BigInt((JSON.parse(text) as { n: string }).n),
        reduce: (all, n) => [...all, n],
        defaultValue: [] as bigint[],
      });
    const { state, made: first } = await rendered(rows);
    expect(first.value()).toEqual([9007199254740993n]);

    const { made: resource } = await hydrated(rows, state);

    expect(resource.value()).toEqual([9007199254740993n]);
    await eventually(resource.value).toEqual([9007199254740993n, 2n]);
  });

  it('loads what the server has not waited for, and what is made later', async () => {
    const server = await feed('id: 1\ndata: 1\n\n');
    const { state } = await rendered(() => eventSourceResource(() => server.url));
    const { made: other } = await hydrated(() => eventSourceResource(() => `${server.url}other`), state);
    expect(other.status()).toBe('loading');

    const { app, made: first } = await hydrated(() => eventSourceResource(() => server.url), state);
    expect(first.value()?.data).toBe('1');
    await app.whenStable();
    const made = new InjectionToken('made', { factory: () => eventSourceResource(() => server.url) });
    expect(createEnvironmentInjector([], app.injector).get(made).status()).toBe('loading');
  });
});

describe('a thousand pages', () => {
  it('leave no stream open, and nothing that waits', async () => {
    let open = 0;
    let opened = 0;
    const body = (message: string): Observable<string> =>
      new Observable((subscriber) => {
        open++;
        opened++;
        subscriber.add(() => open--);
        return concat(of(message), NEVER).subscribe(subscriber);
      });
    const fetch: StreamFetch = (input) =>
      of({
        ok: true,
        status: 200,
        statusText: '',
        url: input as string,
        headers: new Headers(EVENT_STREAM),
        body: body((input as string) === '/mute' ? ':\n\n' : sse({ id: '1', data: 'one' })),
      });

    for (let n = 0; n < 1_000; n++) {
      const { made, app } = await page(
        () => [eventSourceResource(() => '/one'), eventSourceResource(() => '/mute', { serverTimeout: 1 })],
        { provide: PLATFORM_ID, useValue: 'server' },
        { provide: HTTP_STREAM_FETCH, useValue: fetch },
      );
      await app.whenStable();
      if (n === 0) expect(made.map(({ status }) => status())).toEqual(['resolved', 'loading']);
      app.destroy();
      expect(open).toBe(0);
    }

    expect(opened).toBe(2_000);
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThan(20);
  }, 60_000);
});
