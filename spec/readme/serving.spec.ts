import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import { setTimeout } from 'node:timers/promises';
import compression from 'compression';
import express from 'express';
import fastify from 'fastify';
import { H3 } from 'h3';
import { Hono } from 'hono';
import Router from '@koa/router';
import Koa from 'koa';
import { concat, map, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, fromNdjsonFetch, toSseResponse } from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import type { Handler } from '../support/frameworks';
import { certificate } from '../support/certificate';
import { macrotasks } from '../support/macrotasks';
import { producer } from '../support/producer';
import { koaListener, opened } from '../support/recipes';
import type { Opened } from '../support/recipes';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate, expression } from './evaluate';
import { codeIn, tableOf } from './tableOf';

forbidUnhandledRejections();

const data = (message$: Observable<SseMessage>): Observable<unknown> =>
  message$.pipe(map(({ data }) => JSON.parse(data) as unknown));

describe('the README: Server', () => {
  it('continues each client after its Last-Event-ID', async () => {
    const { GET } = await evaluate<{ GET: Handler }>('Server');
    const { url, exchange } = await webServer(GET);
    const recording = record(data(fromEventSource(url, { reconnect: { delay: 0 } })));

    await recording.received(1);
    (await exchange(1)).response.destroy();
    await recording.received(2);
    recording.subscription.unsubscribe();

    expect(recording.values).toEqual([{ n: 0 }, { n: 1 }]);
    expect((await exchange(2)).request.headers['last-event-id']).toMatch(/^\w+-1$/);
  });

  it('relays an answer, and ends it when its client leaves', async () => {
    const words = producer({ data: { word: 'one' } });
    let asked = '';
    const upstream = await webServer(async (request) => {
      asked = `${request.headers.get('content-type') ?? ''} ${await request.text()}`;
      return toSseResponse(words.source, { request });
    });
    const { POST } = await evaluate<{ POST: Handler }>(
      'What a source may be',
      { upstream: upstream.url },
      { server: upstream.url },
    );
    const relay = await webServer(POST);
    const recording = record(data(fromEventSource(relay.url, { method: 'POST', body: '{"q":1}' })));

    await recording.received(1);
    recording.subscription.unsubscribe();
    await words.observedBy(0);

    expect(recording.values).toEqual([{ word: 'one' }]);
    expect(asked).toBe('application/json {"q":1}');
  });
});

describe('the page on a first endpoint: What a message may be', () => {
  const rows = tableOf('docs/serve/first-endpoint.md', 'a value of the source');

  it.each(rows.map((row) => [codeIn(row['a value of the source'])[0]!, codeIn(row['on the wire'])] as const))(
    'sends %s as it says',
    async (code, lines) => {
      const value = await expression<string>(code);
      const text = await toSseResponse(of(value), { terminal: 'none' }).text();

      // Behind the first comment; a field without a value has its space.
      expect(text.split('\n').map((line) => line.trimEnd())).toEqual(expect.arrayContaining([...lines]));
    },
  );

  it('refuses an object with other members', async () => {
    const send = (value: unknown): Promise<string> => toSseResponse(of(value) as Observable<string>).text();

    await expect(send({ type: 'tick', n: 1 })).rejects.toThrow('({ data })');
    await expect(send({ type: 'tick', id: 'a\nb' })).rejects.toThrow(TypeError);
  });
});

describe('the page on slow clients: Rows as fast as the client reads', () => {
  it('asks for a row when the client has read, and closes the cursor when it leaves', async () => {
    let asked = 0;
    let close: () => void;
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const cursor = {
      next: () => Promise.resolve({ id: asked++ }),
      close: () => {
        close();
        return Promise.resolve();
      },
    };
    const { GET } = await evaluate<{ GET: Handler }>('Rows as fast as the client reads', {
      database: { open: () => Promise.resolve(cursor) },
    });
    const { body } = await GET(new Request('http://localhost/'));
    const reader = body!.getReader();
    await reader.read();
    await macrotasks();
    expect(asked).toBe(1);
    await reader.cancel();

    await closed;
  });
});

describe('the page on servers: A log with the ID of the request', () => {
  it('has the context of the request in the teardown of its source', async () => {
    const lines: string[] = [];
    const rows = producer({ id: 1 });
    const { GET } = await evaluate<{ GET: Handler }>('A log with the ID of the request', {
      row$: rows.source,
      console: { log: (line: string) => lines.push(line) },
    });
    const { url } = await webServer(GET);
    const clients = [1, 2].map(() => record(fromNdjsonFetch(url)));
    await Promise.all(clients.map((client) => client.received(1)));
    for (const { subscription } of clients) subscription.unsubscribe();
    await rows.observedBy(0);

    await expect.poll(() => lines.length).toBe(2);
    expect(new Set(lines).size).toBe(2);
    for (const line of lines) expect(line).toMatch(/^[\da-f-]{36} is over$/);
  });
});

describe('the README: One stream, many clients, encoded once, without resuming', () => {
  it('subscribes its source once for all', async () => {
    const prices = producer<number>();
    const { GET } = await evaluate<{ GET: Handler }>(
      'One stream, many clients, encoded once, without resuming',
      {
        price$: prices.source,
      },
    );
    const { url } = await webServer(GET);
    const clients = [1, 2, 3].map(() => record(fromEventSource(url)));
    await prices.observedBy(1);
    await eventually(() => {
      prices.next(5);
      return clients.every(({ values }) => values.length > 0);
    }).toBe(true);

    expect(clients.map(({ values }) => values[0])).toEqual(
      clients.map(() => ({ type: 'price', data: '5', id: '' })),
    );
    expect(prices.subscriptions()).toBe(1);
    for (const { subscription } of clients) subscription.unsubscribe();
    await prices.observedBy(0);
  });
});

describe('the README: Only the latest price of each share for a slow client', () => {
  it('drops the older prices of a share, and of no other', async () => {
    const shares = ['a', 'b', 'c', 'd'];
    const prices = producer<{ share: string; price: number; text: string }>();
    const quote = (price: number): void => {
      for (const share of shares) prices.next({ share, price, text: 'x'.repeat(1024) });
    };
    const { default: response } = await evaluate<{ default: Response }>(
      'Only the latest price of each share for a slow client',
      { price$: prices.source },
    );
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    await prices.observedBy(1);

    // More than may wait, for longer than a healthy client is behind.
    for (let price = 0; price < 1_000; price++) quote(price);
    await setTimeout(100);
    quote(1_000);
    prices.complete();
    let received = '';
    for (let read = await reader.read(); !read.done; read = await reader.read()) received += read.value;

    const quotes = [...received.matchAll(/"share":"(.)","price":(\d+)/g)].map(([, ...quote]) => quote);
    expect(quotes.slice(-shares.length)).toEqual(shares.map((share) => [share, '1000']));
    expect(quotes.length).toBeLessThan(200);
  });
});

describe('the README: Servers', () => {
  const messages = concat(
    of({ data: 1 }),
    throwError(() => new Error('the secret')),
  );
  const handler: Handler = (request) => toSseResponse(messages, { request });
  const identity = certificate();
  const bindings = { handler, nodeHandler, createServer, createSecureServer, ...identity };

  /** Evaluates the line of a framework, and gives its application as a server. */
  const ways: Readonly<Record<string, () => Promise<Opened>>> = {
    'node:http': async () => opened(await expression<Server>('createServer(nodeHandler(handler))', bindings)),
    'HTTP/2': async () =>
      opened(
        await expression<Server>(
          'createSecureServer({ key, cert, allowHTTP1: true }, nodeHandler(handler))',
          bindings,
        ),
        'HTTP/2 over TLS',
        identity.cert,
      ),
    Express: async () => {
      const app = express().use(compression());
      await expression("app.get('/feed', nodeHandler(handler))", { ...bindings, app });
      return opened(createServer(app));
    },
    Fastify: async () => {
      const app = fastify();
      await expression(
        "app.get('/feed', (request, reply) => { reply.hijack(); nodeHandler(handler)(request.raw, reply.raw); })",
        { ...bindings, app },
      );
      await app.ready();
      return opened(app.server);
    },
    Koa: async () => {
      const router = new Router();
      await expression(
        "router.get('/feed', (ctx) => { ctx.respond = false; nodeHandler(handler)(ctx.req, ctx.res); })",
        { ...bindings, router },
      );
      const app = new Koa();
      app.use(router.routes());
      return opened(createServer(koaListener(app)));
    },
    Hono: async () => {
      const app = new Hono();
      await expression("app.get('/feed', (c) => handler(c.req.raw))", { ...bindings, app });
      return opened(await expression<Server>('createServer(nodeHandler(app.fetch))', { ...bindings, app }));
    },
    h3: async () => {
      const app = new H3();
      await expression("app.get('/feed', (event) => handler(event.req))", { ...bindings, app });
      return opened(await expression<Server>('createServer(nodeHandler(app.fetch))', { ...bindings, app }));
    },
  };

  beforeEach(() => {
    // Some print what a stream failed with.
    vi.spyOn(console, 'error').mockReturnValue();
    return () => vi.restoreAllMocks();
  });

  it.each(Object.entries(ways))('serves a feed with %s by the line in the table', async (_, serve) => {
    const { origin, fetch } = await serve();

    const recording = record(data(fromEventSource(`${origin}/feed`, { fetch })));
    await recording.ended();
    expect(recording).toMatchObject({ values: [1], error: { name: 'StreamServerError' } });

    const head = await fetch(`${origin}/feed`, { method: 'HEAD' });
    expect(head.headers.get('content-type')).toMatch('text/event-stream');
  });
});
