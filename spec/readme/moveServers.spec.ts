import { createChannel, createResponse, createSession } from 'better-sse';
import type { Session } from 'better-sse';
import express from 'express';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { SSEStreamingApi } from 'hono/streaming';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, toSseResponse } from 'rxjs-http-streams';
import * as node from 'rxjs-http-streams/node';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { failing } from '../support/failing';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import type { Producer } from '../support/producer';
import { record } from '../support/recording';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';

type Prices = Producer<{ readonly price: number }>;

const modules = { 'rxjs-http-streams/node': node };

const onExpress =
  (title: string) =>
  async ({ source }: Prices): Promise<HttpServer> => {
    const app = express();
    await evaluate(title, { app, price$: source }, { modules });
    return httpServer(app);
  };

const onHono =
  (title: string) =>
  async ({ source }: Prices): Promise<HttpServer> => {
    const app = new Hono();
    await evaluate(title, { app, price$: source }, { modules });
    return webServer((request) => app.fetch(request));
  };

const pricesOf = (url: string): Observable<unknown> =>
  fromEventSource(`${url}prices`, { reconnect: { delay: 1 } }).pipe(
    map(({ type, data }): unknown => [type, JSON.parse(data)]),
  );

describe.each([
  ['Before, with better-sse', onExpress('Before, with better-sse')],
  ['After better-sse', onExpress('After better-sse')],
  ['Before, with streamSSE', onHono('Before, with streamSSE')],
  ['After streamSSE', onHono('After streamSSE')],
])('moving a server: %s', (title, serve) => {
  it('sends each price to two clients', async () => {
    const prices = producer<{ readonly price: number }>();
    const { url, exchange } = await serve(prices);
    const clients = [record(pricesOf(url)), record(pricesOf(url))];
    await exchange(2);
    // A session and a callback begin a turn or two after their request.
    for (let n = 0; clients.some(({ values }) => values.length === 0); n++) {
      prices.next({ price: n });
      await new Promise(setImmediate);
    }
    for (const { values, subscription } of clients) {
      expect(values[0]).toEqual(['price', { price: expect.any(Number) as unknown }]);
      subscription.unsubscribe();
    }
  });

  // better-sse leaves this to its user, and our feed goes on when one of its clients leaves.
  if (!title.endsWith('streamSSE')) return;

  it('unsubscribes when the client leaves', async () => {
    const prices = producer<{ readonly price: number }>();
    const { url } = await serve(prices);
    const client = record(pricesOf(url));
    await prices.observedBy(1);
    client.subscription.unsubscribe();
    await prices.observedBy(0);
    expect(prices.subscriptions()).toBe(1);
  });
});

it('a feed continues a client after its last message', async () => {
  const prices = producer<{ readonly price: number }>();
  const server = await onExpress('After better-sse')(prices);
  const client = record(pricesOf(server.url));
  await prices.observedBy(1);
  prices.next({ price: 1 });
  await client.received(1);
  (await server.exchange(1)).response.socket?.destroy();
  prices.next({ price: 2 });
  await client.received(2);
  client.subscription.unsubscribe();
  expect(client.values).toEqual([
    ['price', { price: 1 }],
    ['price', { price: 2 }],
  ]);
});

describe('better-sse', () => {
  /** A session, and what it has written to the response so far. */
  const opened = async (): Promise<{ session: Session; written: () => string; leave: () => void }> => {
    let text = '';
    const sessions: Promise<Session>[] = [];
    const server = await httpServer((request, response) => {
      const write = response.write.bind(response);
      vi.spyOn(response, 'write').mockImplementation((chunk: unknown) => {
        text += String(chunk);
        return write(chunk);
      });
      sessions.push(createSession(request, response));
    });
    const leave = new AbortController();
    await fetch(server.url, { signal: leave.signal });
    return {
      session: await sessions[0]!,
      written: () => text,
      leave: () => {
        leave.abort();
      },
    };
  };

  it('sends retry, and data as JSON under a UUID; ours sends text as it is', async () => {
    const { session, written } = await opened();
    session.push('a', 'price');
    expect(written()).toMatch(/^retry:2000\n\nevent:price\nid:[\da-f-]{36}\ndata:"a"\n\n$/);
    expect(await toSseResponse([{ type: 'price', data: 'a' }]).text()).toContain('event: price\ndata: a\n\n');
  });

  it('is told when the client has left, after which push throws', async () => {
    const { session, leave } = await opened();
    const left = new Promise((resolve) =>
      session.once('disconnected', () => {
        resolve(undefined);
      }),
    );
    leave();
    await left;
    expect(() => session.push('a')).toThrow('non-active session');
  });

  it('takes whatever is pushed to a client that does not read', async () => {
    const sessions: Session[] = [];
    createResponse(new Request('http://localhost/'), (session) => sessions.push(session));
    await eventually(() => sessions).toHaveLength(1);
    const channel = createChannel().register(sessions[0]!);
    const mebibyte = 'x'.repeat(1_048_576);
    for (let n = 0; n < 16; n++) channel.broadcast(mebibyte);
    expect(channel.sessionCount).toBe(1);
  });
});

describe('streamSSE', () => {
  const streamed = async (
    run: (stream: SSEStreamingApi) => Promise<void>,
    onError?: (error: Error) => Promise<void>,
  ): Promise<Response> => new Hono().get('/', (c) => streamSSE(c, run, onError)).request('/');

  it('resolves what is written to a client that has left, and waits for one that does not read', async () => {
    let writing: Promise<unknown> | undefined;
    let stream: SSEStreamingApi | undefined;
    const response = await streamed((given) => {
      stream = given;
      writing = given.writeSSE({ data: 'a' }).then(() => given.writeSSE({ data: 'b' }));
      return new Promise(() => undefined);
    });
    let written = false;
    void writing?.then(() => {
      written = true;
    });
    await new Promise(setImmediate);
    expect(written).toBe(false);
    await response.body?.cancel();
    await writing;
    expect(stream?.aborted).toBe(true);
    await expect(stream?.writeSSE({ data: 'c' })).resolves.toBeUndefined();
  });

  it('sends the text of an error with onError, and a clean end without it', async () => {
    const complain = vi.spyOn(console, 'error').mockReturnValue();
    const fail = (): Promise<void> => Promise.reject(new Error('the secret'));
    const told = await streamed(fail, () => Promise.resolve());
    expect(await told.text()).toBe('event: error\ndata: the secret\n\n');
    expect(await (await streamed(fail)).text()).toBe('');
    complain.mockRestore();

    const fetch = (): Promise<Response> => Promise.resolve(toSseResponse(failing()));
    const ours = record(fromEventSource('/', { fetch, reconnect: false }));
    await ours.ended();
    expect(ours.error).toMatchObject({ name: 'StreamServerError', reason: 'Internal error' });
  });

  it('sends no id of its own', async () => {
    expect(await (await streamed((stream) => stream.writeSSE({ data: 'a' }))).text()).toBe('data: a\n\n');
  });
});
