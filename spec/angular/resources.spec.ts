// The resources of `/angular`, with a server on loopback.
import '@angular/compiler';
import { HttpErrorResponse, provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
import type { HttpInterceptorFn } from '@angular/common/http';
import { InjectionToken, PLATFORM_ID, createEnvironmentInjector, effect, signal } from '@angular/core';
import type { ApplicationRef } from '@angular/core';
import { Subject, catchError, throwError } from 'rxjs';
import { typed } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { eventSourceResource, ndjsonResource, provideHttpStreams } from '../../src/angular';
import { RENDERING_FRAME } from '../../src/angular/renderingFrame';
import { eventually } from '../end-to-end/eventually';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { application } from './application';

forbidUnhandledRejections();

const EVENT_STREAM = { 'content-type': 'text/event-stream' };

/** A feed whose messages a spec writes. */
const feed = (): Promise<HttpServer> =>
  httpServer((_request, response) => {
    response.writeHead(200, EVENT_STREAM).flushHeaders();
  });

const write = async ({ exchange }: HttpServer, n: number, text: string): Promise<void> => {
  (await exchange(n)).response.write(text);
};

interface Component<T> {
  readonly made: T;
  readonly app: ApplicationRef;
  readonly destroy: () => void;
}

/** A component that makes something, in an application with these interceptors. */
async function component<T>(
  make: () => T,
  {
    interceptors = [],
    frame,
    platform = 'browser',
  }: { interceptors?: HttpInterceptorFn[]; frame?: Subject<void>; platform?: 'browser' | 'server' } = {},
): Promise<Component<T>> {
  const app = await application(
    provideHttpClient(withFetch(), withInterceptors(interceptors)),
    provideHttpStreams(),
    { provide: RENDERING_FRAME, useValue: frame },
    { provide: PLATFORM_ID, useValue: platform },
  );
  const made = new InjectionToken<T>('made');
  const host = createEnvironmentInjector([{ provide: made, useFactory: make }], app.injector);
  return {
    made: host.get(made),
    app,
    destroy: () => {
      host.destroy();
    },
  };
}

describe('eventSourceResource', () => {
  it('has each message as its value, and the state of its connection', async () => {
    const server = await feed();
    const { made: resource } = await component(() => eventSourceResource(() => server.url));

    expect([resource.status(), resource.connection(), resource.value()]).toEqual([
      'loading',
      'connecting',
      undefined,
    ]);
    await eventually(resource.connection).toBe('open');
    expect([resource.status(), resource.isLoading(), resource.hasValue()]).toEqual(['loading', true, false]);
    expect(resource.snapshot()).toEqual({ status: 'loading', value: undefined });

    await write(server, 1, 'id: 1\ndata: one\n\n');
    await eventually(() => resource.value()?.data).toBe('one');
    expect([resource.status(), resource.isLoading(), resource.hasValue()]).toEqual(['resolved', false, true]);
    expect(resource.snapshot()).toMatchObject({ status: 'resolved', value: { data: 'one' } });

    await write(server, 1, 'id: 2\ndata: two\n\n');
    await eventually(() => resource.value()?.data).toBe('two');
  });

  it('does not keep the application unstable while the stream has no value', async () => {
    const server = await feed();
    const { made: resource, app } = await component(() => eventSourceResource(() => server.url));

    await app.whenStable();

    await eventually(resource.connection).toBe('open');
    expect(resource.status()).toBe('loading');
  });

  it('aborts the request with its component, and with destroy()', async () => {
    const server = await feed();
    const { destroy } = await component(() => eventSourceResource(() => server.url));
    await server.exchange(1);
    destroy();
    await server.disconnected(1);

    const { made: resource } = await component(() => eventSourceResource(() => server.url));
    await server.exchange(2);
    resource.destroy();
    await server.disconnected(2);
    expect([resource.status(), resource.connection()]).toEqual(['idle', 'closed']);
  });

  it('sends no request for undefined, one for each other URL, and aborts the one before', async () => {
    const server = await feed();
    const path = signal<string | undefined>(undefined);
    const { made: resource, app } = await component(() =>
      eventSourceResource(() => path() && server.url + path()!, {
        defaultValue: { type: '', data: 'none', id: '' },
      }),
    );
    await app.whenStable();
    expect([resource.status(), resource.connection(), resource.value().data]).toEqual([
      'idle',
      'closed',
      'none',
    ]);

    path.set('a');
    await write(server, 1, 'data: one\n\n');
    await eventually(() => resource.value().data).toBe('one');
    path.set('b');
    expect([resource.status(), resource.connection(), resource.value().data]).toEqual([
      'loading',
      'connecting',
      'none',
    ]);
    await server.disconnected(1);
    await eventually(resource.connection).toBe('open');
    path.set(undefined);
    await server.disconnected(2);

    expect([resource.status(), resource.connection()]).toEqual(['idle', 'closed']);
    expect(server.exchanges.map(({ request }) => request.url)).toEqual(['/a', '/b']);
  });

  it('does not send the same URL again', async () => {
    const server = await feed();
    const other = signal(1);
    const { app } = await component(() => eventSourceResource(() => (other() > 0 ? server.url : '')));
    await server.exchange(1);

    other.set(2);
    await app.whenStable();

    expect(server.exchanges).toHaveLength(1);
  });

  it('is local after set(), which aborts the request, and loads again with reload()', async () => {
    const server = await feed();
    const { made: resource } = await component(() => eventSourceResource(() => server.url));
    await write(server, 1, 'data: one\n\n');
    await eventually(() => resource.value()?.data).toBe('one');

    resource.set({ type: 'message', data: 'mine', id: '' });
    await server.disconnected(1);
    expect([resource.status(), resource.connection(), resource.lastValue()?.data]).toEqual([
      'local',
      'closed',
      'mine',
    ]);

    expect(resource.reload()).toBe(true);
    await server.exchange(2);
    await eventually(resource.connection).toBe('open');
    expect([resource.status(), resource.isLoading(), resource.value()?.data]).toEqual([
      'reloading',
      true,
      'mine',
    ]);
    await write(server, 2, 'data: two\n\n');
    await eventually(() => resource.value()?.data).toBe('two');
    expect(resource.status()).toBe('resolved');
  });

  it('says when it reconnects, keeps its value meanwhile, and goes on after the last event ID', async () => {
    const server = await feed();
    const { made: resource } = await component(() =>
      eventSourceResource(() => ({ url: server.url, reconnect: { delay: 50 } })),
    );
    const seen: [string, boolean][] = [];
    await write(server, 1, 'id: 7\ndata: one\n\n');
    await eventually(() => resource.value()?.data).toBe('one');
    const before = Date.now();
    (await server.exchange(1)).response.destroy();

    await eventually(() => {
      seen.push([resource.connection(), (resource.nextAttempt() ?? 0) >= before + 50]);
      return seen.map(([connection]) => connection);
    }).toContain('reconnecting');
    expect(seen.at(-1)).toEqual(['reconnecting', true]);
    expect([resource.status(), resource.value()?.data]).toEqual(['resolved', 'one']);
    const { request } = await server.exchange(2);
    expect(request.headers['last-event-id']).toBe('7');
    await eventually(resource.connection).toBe('open');
    expect(resource.nextAttempt()).toBeUndefined();
  });

  it('pauses', async () => {
    const server = await feed();
    const hidden = new Subject<boolean>();
    const { made: resource } = await component(() =>
      eventSourceResource(() => ({ url: server.url, pauseWhen: hidden })),
    );
    await eventually(resource.connection).toBe('open');

    hidden.next(true);

    await eventually(resource.connection).toBe('paused');
    await server.disconnected(1);
  });

  it('has the error of its stream, and keeps the last value beside it', async () => {
    const server = await feed();
    const { made: resource } = await component(() => eventSourceResource(() => server.url));
    await write(server, 1, ':rxjs-http-streams\n\ndata: one\n\n');
    await eventually(() => resource.value()?.data).toBe('one');

    (await server.exchange(1)).response.end(':rxjs-http-streams error out of memory\n\n');

    await eventually(resource.status).toBe('error');
    expect(resource.error()).toMatchObject({ name: 'StreamServerError' });
    expect(resource.hasValue()).toBe(false);
    expect(() => resource.value()).toThrow();
    expect(resource.lastValue()?.data).toBe('one');
    expect(resource.connection()).toBe('closed');

    resource.reload();
    await server.exchange(2);
    await eventually(resource.connection).toBe('open');
    expect([resource.status(), resource.error(), resource.lastValue()?.data]).toEqual([
      'reloading',
      undefined,
      'one',
    ]);
  });

  it('is resolved when its stream completes, also without a value', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/none') response.writeHead(204).end();
      else
        response
          .writeHead(200, EVENT_STREAM)
          .end(':rxjs-http-streams\n\ndata: one\n\n:rxjs-http-streams end\n\n');
    });
    const path = signal('some');
    const { made: resource } = await component(() => eventSourceResource(() => server.url + path()));

    await eventually(resource.connection).toBe('closed');
    expect([resource.status(), resource.value()?.data]).toEqual(['resolved', 'one']);
    path.set('none');
    await eventually(() => server.exchanges.length).toBe(2);
    await eventually(resource.connection).toBe('closed');
    expect([resource.status(), resource.value()]).toEqual(['resolved', undefined]);
  });

  it('reduces every value, and begins anew with each request', async () => {
    const server = await feed();
    const path = signal('a');
    const { made: resource } = await component(() =>
      eventSourceResource(() => server.url + path(), {
        parse: Number,
        reduce: (sum, n) => sum + n,
        defaultValue: 0,
      }),
    );
    expect(resource.value()).toBe(0);

    await write(server, 1, 'data: 1\n\ndata: 2\n\ndata: 3\n\n');
    await eventually(resource.value).toBe(6);
    path.set('b');
    expect(resource.value()).toBe(0);
    await write(server, 2, 'data: 10\n\n');
    await eventually(resource.value).toBe(10);
    resource.reload();
    await server.exchange(3);
    expect(resource.value()).toBe(10);
    await write(server, 3, 'data: 7\n\n');
    await eventually(resource.value).toBe(7);
  });

  it('has the error of a function that throws, and of an invalid request', async () => {
    const server = await feed();
    const { made: resources } = await component(() => [
      eventSourceResource(() => server.url, {
        reduce: (): number => {
          throw new RangeError('too many');
        },
        defaultValue: 0,
      }),
      eventSourceResource(() => ({ url: server.url, idleTimeout: -1 })),
      eventSourceResource(() => server.url, {
        parse: (): number => {
          // eslint-disable-next-line @typescript-eslint/only-throw-error -- an application may do it
          throw 'no error';
        },
      }),
    ]);
    await eventually(() => server.exchanges.length).toBe(2);
    for (const n of [1, 2]) await write(server, n, 'data: one\n\n');

    await eventually(() => resources.map(({ error }) => error()?.message)).toEqual([
      'too many',
      expect.stringContaining('idleTimeout: expected'),
      'The stream failed with a value that is not an Error',
    ]);
  });

  it('parses the data of every message by a schema, or by the type of the message', async () => {
    const server = await feed();
    const { made } = await component(() => ({
      one: eventSourceResource(() => server.url, { parse: typed<{ n: number }>() }),
      each: eventSourceResource(() => server.url, { parse: { tick: Number, name: (data) => data } }),
    }));
    await eventually(() => server.exchanges.length).toBe(2);
    for (const n of [1, 2]) await write(server, n, 'event: tick\ndata: {"n":1}\n\n');

    await eventually(() => made.one.value()?.n).toBe(1);
    await eventually(() => made.each.value()).toEqual({ type: 'tick', data: NaN, id: '' });
    await write(server, 2, 'event: other\ndata: 1\n\nevent: name\nid: 3\ndata: ACME\n\n');
    await eventually(() => made.each.value()).toEqual({ type: 'name', data: 'ACME', id: '3' });
  });

  it('passes the interceptors with each request', async () => {
    const server = await httpServer((request, response) => {
      if (request.headers.authorization === 'fresh') {
        response.writeHead(200, EVENT_STREAM).write('data: one\n\n');
      } else response.writeHead(401).end();
    });
    const sign: HttpInterceptorFn = (request, next) =>
      next(request.clone({ setHeaders: { authorization: 'stale' } })).pipe(
        catchError((error: unknown) =>
          error instanceof HttpErrorResponse
            ? next(request.clone({ setHeaders: { authorization: 'fresh' } }))
            : throwError(() => error),
        ),
      );
    const { made: resource } = await component(() => eventSourceResource(() => server.url), {
      interceptors: [sign],
    });

    await eventually(() => resource.value()?.data).toBe('one');
    expect(server.exchanges.map(({ request }) => request.headers.authorization)).toEqual(['stale', 'fresh']);
  });

  it('shows what has arrived once a frame, and loses no value of a reduction', async () => {
    const server = await feed();
    const frame = new Subject<void>();
    const { made } = await component(
      () => {
        const resource = eventSourceResource(() => server.url, {
          reduce: (all, { data }) => [...all, data],
          defaultValue: [] as string[],
        });
        const shown: [string, string[]][] = [];
        effect(() => {
          shown.push([resource.connection(), resource.value()]);
        });
        return { resource, shown };
      },
      { frame },
    );
    await write(server, 1, 'data: 1\n\ndata: 2\n\n');
    await write(server, 1, 'data: 3\n\n');
    await write(server, 1, 'data: 4\n\n');
    // The bytes of a message of its own show that those before have arrived.
    await eventually(() => frame.observed).toBe(true);
    expect(made.shown).toEqual([['connecting', []]]);

    await eventually(() => {
      frame.next();
      return made.resource.value();
    }).toEqual(['1', '2', '3', '4']);
    expect(made.shown.length).toBeLessThanOrEqual(4);
  });

  it('names what is missing, and what is wrong', async () => {
    const make = (...[request, options]: Parameters<typeof eventSourceResource>) =>
      component(() => eventSourceResource(request, options));
    const made = new InjectionToken('made', { factory: () => eventSourceResource(() => '/') });
    const { injector } = await application(provideHttpClient());

    expect(() => injector.get(made)).toThrow('need provideHttpStreams()');
    await expect(make('/' as never)).rejects.toThrow("request: expected a function, got '/'");
    await expect(make(() => '/', { serverTimeout: -1 })).rejects.toThrow(
      'serverTimeout: expected a number from 0',
    );
    await expect(make(() => '/', { parse: 1 as never })).rejects.toThrow(
      'parse: expected a function or a Standard Schema',
    );
  });
});

describe('ndjsonResource', () => {
  const rows = (): Promise<HttpServer> =>
    httpServer((_request, response) => {
      response.writeHead(200, { 'content-length': 16 }).write('{"n":1}\n');
    });

  it('has each row as its value, and the progress', async () => {
    const server = await rows();
    const { made: resource } = await component(() => ndjsonResource<{ n: number }>(() => server.url));
    expect(resource.progress()).toBeUndefined();

    await eventually(() => resource.value()?.n).toBe(1);
    expect(resource.progress()).toEqual({ loaded: 8, total: 16 });
    (await server.exchange(1)).response.end('{"n":2}\n');

    await eventually(resource.connection).toBe('closed');
    expect([resource.status(), resource.value()?.n]).toEqual(['resolved', 2]);
    expect(resource.progress()).toEqual({ loaded: 16, total: 16 });
  });

  it('collects the rows, validated by a schema', async () => {
    const server = await rows();
    const { made: resource } = await component(() =>
      ndjsonResource(() => server.url, {
        schema: typed<{ n: number }>(),
        reduce: (all, { n }) => [...all, n],
        defaultValue: [] as number[],
      }),
    );

    (await server.exchange(1)).response.end('{"n":2}\n');

    await eventually(resource.value).toEqual([1, 2]);
  });

  it('has the error of a body that was cut, and the rows that have arrived', async () => {
    const server = await rows();
    const { made: resource } = await component(() =>
      ndjsonResource(() => ({ url: server.url, method: 'POST' }), {
        reduce: (count) => count + 1,
        defaultValue: 0,
      }),
    );
    await eventually(resource.value).toBe(1);

    (await server.exchange(1)).response.destroy();

    await eventually(resource.error).toMatchObject({ name: 'StreamNetworkError' });
    expect([resource.lastValue(), server.exchanges[0]?.request.method]).toEqual([1, 'POST']);
  });

  it('checks its options', async () => {
    await expect(component(() => ndjsonResource(() => '/', { maxLineLength: 0 }))).rejects.toThrow(
      'maxLineLength: expected',
    );
  });
});

describe('on a server', () => {
  const rendered = { platform: 'server' } as const;

  it('has the first value, for which the page waits, and aborts the request', async () => {
    const server = await feed();
    const { made: resource, app } = await component(
      () =>
        eventSourceResource(() => server.url, {
          reduce: (all, { data }) => [...all, data],
          defaultValue: [] as string[],
        }),
      rendered,
    );
    const stable = app.whenStable().then(() => resource.value());
    await write(server, 1, 'id: 1\ndata: one\n\nid: 2\ndata: two\n\n');

    expect(await stable).toEqual(['one']);
    expect([resource.status(), resource.connection()]).toEqual(['resolved', 'connecting']);
    await server.disconnected(1);
  });

  it('does not wait longer than serverTimeout', async () => {
    const server = await feed();
    const { made: resource, app } = await component(
      () => eventSourceResource(() => server.url, { serverTimeout: 50 }),
      rendered,
    );

    await app.whenStable();

    expect([resource.status(), resource.connection()]).toEqual(['loading', 'connecting']);
    await server.disconnected(1);
  });

  it('has the error of a request that is refused', async () => {
    const server = await httpServer((_request, response) => {
      response.writeHead(403).end();
    });
    const { made: resource, app } = await component(() => ndjsonResource(() => server.url), rendered);

    await app.whenStable();

    expect([resource.error()?.name, resource.connection()]).toEqual(['HttpStatusError', 'closed']);
  });

  it('sends no request with a serverTimeout of 0, nor one of another method', async () => {
    const server = await feed();
    const { made: resources, app } = await component(
      () => [
        eventSourceResource(() => server.url, { serverTimeout: 0 }),
        eventSourceResource(() => ({ url: server.url, method: 'POST' })),
      ],
      rendered,
    );

    await app.whenStable();

    expect(resources.map(({ status }) => status())).toEqual(['loading', 'loading']);
    expect(server.exchanges).toEqual([]);
  });
});
