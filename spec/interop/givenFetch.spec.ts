import type { ServerResponse } from 'node:http';
import axios, { isAxiosError } from 'axios';
import ky, { HTTPError } from 'ky';
import nodeFetch from 'node-fetch';
import { fetch as undiciFetch } from 'undici';
import { take } from 'rxjs';
import { fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { StreamFetch, StreamResponse } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { BUFFERS, flood } from '../support/flood';
import type { Flood } from '../support/flood';
import { freePort } from '../../examples/serving/freePort';
import { httpServer } from '../support/httpServer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

interface Package {
  readonly name: string;
  readonly fetch: StreamFetch;
  /** Whether what it rejects with at a status is its own refusal; others give the response. */
  readonly isRefusal?: (error: unknown) => boolean;
}

const addressOf = (input: string | URL | Request): string =>
  typeof input === 'object' && 'url' in input ? input.url : String(input);

/** The response of axios as the part of a `Response` that is used. */
const viaAxios: StreamFetch = async (input, init) => {
  const { method = 'GET', headers, body, signal } = init;
  const response = await axios.request<ReadableStream<Uint8Array>>({
    url: addressOf(input),
    method,
    headers: Object.fromEntries(new Headers(headers)),
    data: body,
    signal: signal!,
    adapter: 'fetch',
    responseType: 'stream',
  });
  return {
    ok: true,
    status: response.status,
    statusText: response.statusText,
    headers: new Headers(response.headers as Record<string, string>),
    url: addressOf(input),
    body: response.data,
  };
};

const packages: readonly Package[] = [
  {
    name: 'ky',
    fetch: (input, init) => ky(input, { ...init, retry: 0, timeout: false }),
    isRefusal: (error) => error instanceof HTTPError,
  },
  { name: 'axios', fetch: viaAxios, isRefusal: isAxiosError },
  {
    name: 'node-fetch',
    fetch: (input, init) =>
      nodeFetch(addressOf(input), init as never) as Promise<unknown> as Promise<StreamResponse>,
  },
  {
    name: 'undici',
    fetch: (input, init) =>
      undiciFetch(input as string, init as never) as Promise<unknown> as Promise<StreamResponse>,
  },
];

const events = (response: ServerResponse, text: string): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text);
};

describe.each(packages)('$name as the fetch of a reader', ({ fetch, isRefusal }) => {
  it('streams, and its request is aborted when the subscriber leaves', async () => {
    const server = await httpServer((_, response) => {
      events(response, 'data: a\n\n');
    });
    const recording = record(fromEventSource(server.url, { fetch }));
    await recording.received(1);
    const { response, disconnected } = await server.exchange(1);
    response.write('data: b\n\n');
    await recording.received(2);
    recording.subscription.unsubscribe();
    await disconnected;
    expect(recording.outcome).toBeUndefined();
  });

  it('is left within a value, and before its response', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/rows') response.write('1\n2\n3\n');
    });
    const rows = record(fromNdjsonFetch(`${server.url}rows`, { fetch }).pipe(take(2)));
    await rows.ended();
    expect(rows.values).toEqual([1, 2]);
    await server.disconnected(1);
    const { subscription } = record(fromNdjsonFetch(server.url, { fetch }));
    const { disconnected } = await server.exchange(2);
    subscription.unsubscribe();
    await disconnected;
  });

  it('tells a 401 in its own way, and is not asked again', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(401).end('no token');
    });
    const recording = record(fromEventSource(server.url, { fetch, reconnect: { delay: 1 } }));
    await recording.ended();
    if (isRefusal) expect(isRefusal(recording.error)).toBe(true);
    else expect(recording.error).toMatchObject({ name: 'HttpStatusError', status: 401, body: 'no token' });
    expect(server.exchanges).toHaveLength(1);
  });

  it('that cannot connect is asked again', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const recording = record(fromEventSource(url, { fetch, reconnect: { delay: 1, count: 2 } }));
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect', attempt: 3 });
  });

  it('that is cut within a body is asked again', async () => {
    const server = await httpServer((_, response) => {
      if (server.exchanges.length > 1) response.writeHead(204).end();
      else events(response, 'id: 7\ndata: a\n\n');
    });
    const recording = record(fromEventSource(server.url, { fetch, reconnect: { delay: 1 } }));
    await recording.received(1);
    (await server.exchange(1)).response.socket?.resetAndDestroy();
    await recording.ended();
    expect(recording).toMatchObject({ values: [{ data: 'a' }], outcome: 'complete' });
    expect((await server.exchange(2)).request.headers['last-event-id']).toBe('7');
  });

  it('with an address that cannot be is a mistake, told at once', async () => {
    const recording = record(fromEventSource('http://[', { fetch, reconnect: { delay: 1, count: 2 } }));
    await recording.ended();
    expect(recording.error).not.toHaveProperty('attempt');
  });

  it('is held back while the values are projected', async () => {
    let body: Flood | undefined;
    const server = await httpServer((_, response) => {
      body = flood(response, () => `"${'x'.repeat(64 * 1024)}"\n`);
    });
    const { subscription } = record(
      fromNdjsonFetch(server.url, { fetch, project: () => new Promise<never>(() => undefined) }),
    );
    const { disconnected } = await server.exchange(1);
    await body!.heldBack();
    expect(body!.written()).toBeLessThan(BUFFERS);
    subscription.unsubscribe();
    await disconnected;
  });
});
