import { getEventListeners } from 'node:events';
import { Observable, Subject, Subscription, take, tap } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { describe, expect, it, vi } from 'vitest';
import { fetchObserved } from '../support/fetchObserved';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { ndjsonReader, readers, sseReader } from '../support/readers';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

/** Fails if the server ever got a request: one that was under way would have come before this one. */
async function expectNoRequest(server: HttpServer): Promise<void> {
  await macrotasks();
  const last = fetch(`${server.url}last`).catch(() => undefined);
  const { request, response } = await server.exchange(1);
  expect(request.url).toBe('/last');
  response.end();
  await last;
  expect(server.exchanges).toHaveLength(1);
}

describe.each(readers)('$name, unsubscribed', ({ read, project, watch, mediaType, frame }) => {
  it('while the request factory is pending, never sends the request', async () => {
    const server = await httpServer(() => undefined);
    const token = new Subject<RequestInit>();
    const { subscription, values } = record(read(server.url, { request: () => token }));
    expect(token.observed).toBe(true);

    subscription.unsubscribe();
    expect(token.observed).toBe(false);
    token.next({});
    await expectNoRequest(server);
    expect(values).toEqual([]);
  });

  it('while a promise of the request factory is pending, never sends the request', async () => {
    const server = await httpServer(() => undefined);
    let settle: (init: RequestInit) => void = () => undefined;
    const token = new Promise<RequestInit>((resolve) => {
      settle = resolve;
    });
    const recording = record(read(server.url, { request: () => token }));

    recording.subscription.unsubscribe();
    settle({});
    await expectNoRequest(server);
    expect(recording).toMatchObject({ values: [], outcome: undefined });
  });

  it('while a promise of the request factory is pending, lets its rejection pass unnoticed', async () => {
    let fail: (reason: Error) => void = () => undefined;
    const token = new Promise<RequestInit>((_, reject) => {
      fail = reject;
    });
    const recording = record(read('http://127.0.0.1/', { request: () => token }));

    recording.subscription.unsubscribe();
    fail(new Error('no token'));
    await macrotasks();
    expect(recording).toMatchObject({ values: [], outcome: undefined });
  });

  it('while an input function is pending, never sends the request', async () => {
    const server = await httpServer(() => undefined);
    const address = new Subject<string>();
    const { subscription } = record(read(() => address));
    expect(address.observed).toBe(true);

    subscription.unsubscribe();
    expect(address.observed).toBe(false);
    address.next(server.url);
    await expectNoRequest(server);
  });

  it('while fetch is pending, closes the connection', async () => {
    const server = await httpServer(() => undefined);
    const recording = record(read(server.url));
    const { disconnected } = await server.exchange(1);

    recording.subscription.unsubscribe();
    await disconnected;
    await macrotasks();
    expect(recording).toMatchObject({ values: [], outcome: undefined });
    expect(server.exchanges).toHaveLength(1);
  });

  it('while the first read is pending, closes the connection', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType }).flushHeaders();
    });
    const recording = record(watch(server.url, { observe: 'lifecycle' }));
    await recording.received(2);
    expect(recording.values.map(({ type }) => type)).toEqual(['connecting', 'open']);

    recording.subscription.unsubscribe();
    await server.disconnected(1);
    await macrotasks();
    expect(recording.values).toHaveLength(2);
    expect(recording.outcome).toBeUndefined();
  });

  it('while a read is pending on a stream that has gone quiet, closes the connection', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType }).write(frame('a'));
    });
    const recording = record(read(server.url));
    await recording.received(1);
    await macrotasks();

    recording.subscription.unsubscribe();
    await server.disconnected(1);
    await macrotasks();
    expect(recording).toMatchObject({ values: ['a'], outcome: undefined });
  });

  it('cancels the body as well, for where the signal does not reach it', async () => {
    const cancel = vi.fn();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode(frame('a')));
      },
      cancel,
    });
    const response = new Response(body, { headers: { 'content-type': mediaType } });
    const recording = record(read('http://127.0.0.1/', { fetch: () => Promise.resolve(response) }));
    await recording.received(1);
    expect(cancel).not.toHaveBeenCalled();

    recording.subscription.unsubscribe();
    await macrotasks();
    expect(cancel).toHaveBeenCalledOnce();
    expect(recording.outcome).toBeUndefined();
  });

  it('inside next, closes the connection and delivers nothing more', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType }).write(frame('a'));
      response.write(frame('b'));
    });
    const seen: string[] = [];
    const recording = record(
      read(server.url).pipe(
        tap((value) => {
          seen.push(value);
          recording.subscription.unsubscribe();
        }),
      ),
    );
    await server.disconnected(1);
    await macrotasks();
    expect(seen).toHaveLength(1);
    expect(recording.outcome).toBeUndefined();
  });

  it('while a value is projected, unsubscribes the projection and closes the connection', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType }).write(frame('a'));
    });
    let stopped = false;
    let subscription = Subscription.EMPTY;
    await new Promise<void>((started) => {
      const inner = new Observable<string>(() => {
        started();
        return () => {
          stopped = true;
        };
      });
      ({ subscription } = record(project(server.url, { project: () => inner })));
    });

    subscription.unsubscribe();
    expect(stopped).toBe(true);
    await server.disconnected(1);
  });

  it('while the text of an error is under way, closes the connection and emits no error', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).write('The trouble with');
    });
    const { fetch, responded } = fetchObserved();
    const recording = record(read(server.url, { fetch }));
    await responded;
    await macrotasks();

    recording.subscription.unsubscribe();
    await server.disconnected(1);
    await macrotasks();
    expect(recording).toMatchObject({ values: [], outcome: undefined });
  });
});

describe.each([ndjsonReader, sseReader])('$name behind take(2)', ({ read, mediaType, frame }) => {
  it('emits two of a thousand values in one chunk, and the request is aborted', async () => {
    const server = await httpServer((_, response) => {
      const thousand = Array.from({ length: 1_000 }, (_, index) => frame(`${index}`)).join('');
      response.writeHead(200, { 'content-type': mediaType }).write(thousand);
    });
    const passed: string[] = [];
    const recording = record(
      read(server.url).pipe(
        tap((value) => passed.push(value)),
        take(2),
      ),
    );
    await recording.ended();
    await server.disconnected(1);
    await macrotasks();
    expect(recording).toMatchObject({ values: ['0', '1'], outcome: 'complete' });
    expect(passed).toEqual(['0', '1']);
  });
});

describe('fromEventSource, unsubscribed during a reconnect delay', () => {
  it('leaves no timer, and never sends the next request', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end('retry: 100\n\ndata: a\n\n');
    });
    const cleared = vi.spyOn(globalThis, 'clearInterval');
    const started = vi.spyOn(globalThis, 'setInterval');
    const recording = record(fromEventSource(server.url, { observe: 'lifecycle' }));
    await vi.waitFor(() => {
      expect(recording.values.at(-1)).toMatchObject({ type: 'reconnecting', delay: 100 });
    });
    // The timer of the delay runs from the next line of the reader on.
    await macrotasks();
    const delay: unknown = started.mock.results[started.mock.calls.findIndex(([, ms]) => ms === 100)]?.value;
    expect(delay).toBeDefined();

    recording.subscription.unsubscribe();
    expect(cleared).toHaveBeenCalledWith(delay);
    vi.restoreAllMocks();
    expect(server.exchanges).toHaveLength(1);
    expect(recording.outcome).toBeUndefined();
  });

  it('unsubscribes the delay of the application', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(503).end();
    });
    const online = new Subject<void>();
    let asked = false;
    const delay = (): Observable<void> => {
      asked = true;
      return online;
    };
    const { subscription } = record(fromEventSource(server.url, { reconnect: { delay } }));
    await vi.waitFor(() => {
      expect(asked && online.observed).toBe(true);
    });

    subscription.unsubscribe();
    expect(online.observed).toBe(false);
    online.next();
    await macrotasks();
    expect(server.exchanges).toHaveLength(1);
  });
});

describe.each(readers)('a signal given to $name', ({ read, mediaType, frame }) => {
  const endless = (): Promise<HttpServer> =>
    httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType }).write(frame('a'));
    });

  it.each([
    ['an error', new Error('stop')],
    ['a string', 'stop'],
    ['null', null],
    ['false', false],
  ])('that was aborted before, with %s, errors with that and sends nothing', async (_, reason) => {
    const server = await httpServer(() => undefined);
    const recording = record(read(server.url, { signal: AbortSignal.abort(reason) }));
    await recording.ended();
    expect(recording.outcome).toBe('error');
    expect(recording.error).toBe(reason);
    await expectNoRequest(server);
  });

  it('that was aborted without a reason errors with the one that it has by default', async () => {
    const signal = AbortSignal.abort(undefined);
    const recording = record(read('http://127.0.0.1/', { signal }));
    await recording.ended();
    expect(recording.error).toBe(signal.reason);
    expect(recording.error).toMatchObject({ name: 'AbortError' });
  });

  it.each<[string, (url: string, signal: AbortSignal) => ReturnType<typeof read>]>([
    ['with the init', (url, signal) => read(url, { signal })],
    ['by a Request', (url, signal) => read(new Request(url, { signal }))],
  ])(
    'that comes %s and aborts in mid-body errors with its reason and closes the connection',
    async (_, given) => {
      const server = await endless();
      const controller = new AbortController();
      const recording = record(given(server.url, controller.signal));
      await recording.received(1);

      const reason = new Error('stop');
      controller.abort(reason);
      expect(recording.outcome).toBe('error');
      expect(recording.error).toBe(reason);
      await server.disconnected(1);
      await macrotasks();
      expect(recording.values).toEqual(['a']);
      expect(server.exchanges).toHaveLength(1);
    },
  );

  it('that aborts while fetch is pending errors with its reason and closes the connection', async () => {
    const server = await httpServer(() => undefined);
    const controller = new AbortController();
    const recording = record(read(server.url, { signal: controller.signal }));
    const { disconnected } = await server.exchange(1);

    controller.abort();
    expect(recording.error).toBe(controller.signal.reason);
    await disconnected;
  });

  it('that a Request brings along, aborted before, errors with its reason and sends nothing', async () => {
    const server = await httpServer(() => undefined);
    const reason = new Error('stop');
    const recording = record(read(new Request(server.url, { signal: AbortSignal.abort(reason) })));
    await recording.ended();
    expect(recording.error).toBe(reason);
    await expectNoRequest(server);
  });

  it('is left without listeners by an unsubscribe, an error, an end and an abort', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/error') response.writeHead(404).end();
      else if (request.url === '/end') {
        response.writeHead(204).end();
      } else {
        response.writeHead(200, { 'content-type': mediaType }).write(frame('a'));
      }
    });
    const controller = new AbortController();
    const { signal } = controller;
    const listeners = (): number => getEventListeners(signal, 'abort').length;

    const left = record(read(server.url, { signal }));
    await left.received(1);
    expect(listeners()).toBe(1);
    left.subscription.unsubscribe();
    expect(listeners()).toBe(0);

    const failed = record(read(`${server.url}error`, { signal }));
    await failed.ended();
    expect(failed.error).toMatchObject({ status: 404 });
    expect(listeners()).toBe(0);

    const ended = record(read(`${server.url}end`, { signal }));
    await ended.ended();
    expect(ended.outcome).toBe('complete');
    expect(listeners()).toBe(0);

    const aborted = record(read(server.url, { signal }));
    await aborted.received(1);
    controller.abort();
    expect(aborted.outcome).toBe('error');
    expect(listeners()).toBe(0);
  });
});

describe('two hundred streams that were left in different phases', () => {
  it('leave no timer and no connection', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/pending') return;
      response.writeHead(request.url === '/error' ? 503 : 200, { 'content-type': 'text/event-stream' });
      if (request.url === '/quiet') response.write('data: a\n\n');
      else response.end();
    });
    const timers = (): number =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = timers();
    const paths = ['pending', 'quiet', 'error', 'end'];
    for (let cycle = 0; cycle < 50; cycle++) {
      const subscriptions = await Promise.all(
        paths.map(async (path, index) => {
          const recording = record(
            fromEventSource(server.url + path, { idleTimeout: 60_000, observe: 'lifecycle' }),
          );
          if (path === 'pending') await server.exchange(cycle * paths.length + index + 1);
          else await recording.received(path === 'error' ? 2 : 3);
          return recording.subscription;
        }),
      );
      for (const subscription of subscriptions) subscription.unsubscribe();
    }
    expect(timers()).toBeLessThanOrEqual(before);
    const open = server.exchanges.filter(({ request }) => ['/pending', '/quiet'].includes(request.url ?? ''));
    await Promise.all(open.map(({ disconnected }) => disconnected));
    expect(server.exchanges).toHaveLength(200);
  });
});
