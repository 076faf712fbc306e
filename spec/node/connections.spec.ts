import { ServerResponse } from 'node:http';
import compression from 'compression';
import express from 'express';
import { concat, map, of } from 'rxjs';
import { fromEventSource, fromNdjsonFetch, toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler, sendResponse, toRequest } from 'rxjs-http-streams/node';
import { describe, expect, it } from 'vitest';
import { absentClient } from '../support/absentClient';
import { failing } from '../support/failing';
import { httpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { rawClient } from '../support/rawClient';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const manyRows = Array.from({ length: 6_000 }, (_, row) => `${row} ${'x'.repeat(1_000)}`);

describe('a connection of HTTP/1', () => {
  const serving = (respond: (request: Request) => Response) => httpServer(nodeHandler(respond));

  it('sends the reason phrase', async () => {
    const { url } = await serving(() => new Response('x', { status: 202, statusText: 'Taken' }));
    expect((await fetch(url)).statusText).toBe('Taken');
  });

  it('resets a connection whose end would be the end of the body', async () => {
    const rows = producer(1);
    const { url } = await serving((request) => toNdjsonResponse(rows.source, { request }));
    const client = rawClient(url);
    client.write('GET / HTTP/1.0\r\n\r\n');
    await client.seen('1\n');
    rows.next(2);
    rows.error(new Error('the secret'));
    const { text, code } = await client.closed;
    expect(text).toMatch(/1\n2\n$/);
    expect(code).toBe('ECONNRESET');
  });

  it('loses nothing in front of a failure for a client that is slow', async () => {
    const { url } = await serving((request) =>
      toNdjsonResponse(concat(manyRows, failing('the last')), { request }),
    );
    const text = await absentClient(url).rest();
    expect(text.match(/"\d+ x+"/g)).toHaveLength(6_000);
    expect(text).toContain('"the last"\n');
    expect(text.endsWith('0\r\n\r\n')).toBe(false);
  });

  it('ends a connection well where the body does', async () => {
    const { url } = await serving((request) => toNdjsonResponse([1, 2], { request }));
    const client = rawClient(url);
    client.write('GET / HTTP/1.0\r\n\r\n');
    const { text, code } = await client.closed;
    expect(text).toMatch(/1\n2\n$/);
    expect(code).toBeUndefined();
  });

  it('answers one request after the other on a connection that is kept', async () => {
    const { url, exchanges } = await serving((request) =>
      toNdjsonResponse([new URL(request.url).pathname], { request }),
    );
    const client = rawClient(url);
    client.write('GET /1 HTTP/1.1\r\nhost: a\r\n\r\n');
    await client.seen('"/1"\n\r\n0\r\n\r\n');
    client.write('GET /2 HTTP/1.1\r\nhost: a\r\n\r\n');
    await client.seen('"/2"\n\r\n0\r\n\r\n');
    expect(exchanges).toHaveLength(2);
  });

  it('answers pipelined requests in order, each live when its turn comes', async () => {
    const sources = new Map(['/1', '/2', '/3'].map((path) => [path, producer(path)]));
    const { url } = await serving((request) =>
      toNdjsonResponse(sources.get(new URL(request.url).pathname)?.source ?? [], { request }),
    );
    const client = rawClient(url);
    for (const path of sources.keys()) client.write(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`);
    await client.seen('"/1"\n');
    await sources.get('/3')?.observedBy(1);
    sources.get('/2')?.next('more');
    sources.get('/1')?.complete();
    const text = await client.seen('"more"\n');
    expect(text.match(/"[^"]+"\n/g)).toEqual(['"/1"\n', '"/2"\n', '"more"\n']);
    sources.get('/2')?.complete();
    await client.seen('"/3"\n');
  });

  it('lets go of the sources of all pipelined requests when the client leaves', async () => {
    const sources = new Map(['/1', '/2', '/3'].map((path) => [path, producer(path)]));
    const { url } = await serving((request) =>
      toSseResponse(sources.get(new URL(request.url).pathname)?.source ?? [], { request, heartbeat: 0 }),
    );
    const client = rawClient(url);
    for (const path of sources.keys()) client.write(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`);
    await client.seen('/1');
    await sources.get('/3')?.observedBy(1);
    client.socket.destroy();
    await Promise.all([...sources.values()].map(({ observedBy }) => observedBy(0)));
  });

  it('cuts a pipelined response that has failed when its turn comes', async () => {
    const sources = new Map(['/1', '/2'].map((path) => [path, producer(path)]));
    const { url } = await serving((request) =>
      toNdjsonResponse(sources.get(new URL(request.url).pathname)?.source ?? [], { request }),
    );
    const client = rawClient(url);
    for (const path of sources.keys()) client.write(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`);
    await client.seen('/1');
    await sources.get('/2')?.observedBy(1);
    sources.get('/2')?.error(new Error('the secret'));
    await sources.get('/2')?.observedBy(0);
    sources.get('/1')?.next('still here');
    await client.seen('still here');
    sources.get('/1')?.complete();
    const { text } = await client.closed;
    expect(text).toContain('"still here"\n\r\n0\r\n\r\n');
    expect(text.endsWith('"/2"\n\r\n')).toBe(true);
  });

  it('takes the end of what a client sends for its leaving', async () => {
    const messages = producer('a');
    const { url } = await serving((request) => toSseResponse(messages.source, { request, heartbeat: 0 }));
    const client = rawClient(url);
    client.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    await client.seen('data: a');
    client.socket.end();
    await messages.observedBy(0);
  });

  it('lets go of its source when the client resets the connection', async () => {
    const messages = producer('a');
    const { url } = await serving((request) => toSseResponse(messages.source, { request, heartbeat: 0 }));
    const client = rawClient(url);
    client.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    await client.seen('data: a');
    client.socket.resetAndDestroy();
    await messages.observedBy(0);
  });

  it('lets go of a flood whose client leaves without having read', async () => {
    const flood = producer(...Array.from({ length: 32 }, () => 'x'.repeat(1024 * 1024)));
    const { url } = await serving((request) =>
      toSseResponse(flood.source, { request, maxBufferedBytes: Infinity, heartbeat: 0 }),
    );
    const client = absentClient(url);
    await flood.observedBy(1);
    client.leave();
    await flood.observedBy(0);
  });

  it('is read by our readers as if the network were not there', async () => {
    const { url } = await serving((request) =>
      request.headers.get('accept') === 'text/event-stream'
        ? toSseResponse(failing('a', 'b'), { request })
        : toNdjsonResponse(failing('a', 'b'), { request, terminal: 'notification' }),
    );
    const events = record(fromEventSource(url).pipe(map(({ data }) => data)));
    await events.ended();
    expect(events.values).toEqual(['a', 'b']);
    expect(events.error).toMatchObject({ name: 'StreamServerError', reason: 'Internal error' });
    const rows = record(fromNdjsonFetch(url, { terminal: 'notification' }));
    await rows.ended();
    expect(rows.values).toEqual(['a', 'b']);
    expect(rows.error).toMatchObject({ name: 'StreamServerError' });
  });

  it('cuts a body off that is longer than it was said to be', async () => {
    const rows = producer(1);
    const { url } = await httpServer((_, res) => {
      res.strictContentLength = true;
      sendResponse(toNdjsonResponse(rows.source, { headers: { 'content-length': '3' } }), res);
    });
    const client = rawClient(url);
    client.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    await client.seen('1\n');
    rows.next(2);
    expect((await client.closed).text).toMatch(/\r\n\r\n1\n$/);
    await rows.observedBy(0);
  });

  it('goes through middleware that waits for the head, and understands no list of headers', async () => {
    const { url } = await httpServer((_, res) => {
      res.writeHead = (status: number) => {
        res.setHeader('x-type', String(res.getHeader('content-type')));
        ServerResponse.prototype.writeHead.call(res, status);
        return res;
      };
      sendResponse(toSseResponse(of('a')), res);
    });
    const { headers } = await fetch(url);
    expect(headers.get('x-type')).toBe('text/event-stream');
    expect(headers.get('content-type')).toBe('text/event-stream');
  });

  it('goes through compression, which leaves a stream alone and packs the rest', async () => {
    const messages = producer('a');
    const app = express()
      .disable('x-powered-by')
      .use(compression({ threshold: 0 }));
    app.get(
      '/',
      nodeHandler((request) =>
        request.headers.has('x-rows')
          ? toNdjsonResponse([1, 2], {
              request,
              headers: { 'cache-control': 'no-cache', 'content-type': 'application/json' },
            })
          : toSseResponse(messages.source, { request }),
      ),
    );
    const { url } = await httpServer(app);
    const recording = record(fromEventSource(url));
    await recording.received(1);
    recording.subscription.unsubscribe();
    await messages.observedBy(0);
    const rows = await fetch(url, { headers: { 'x-rows': 'yes' } });
    expect(rows.headers.get('content-encoding')).toBe('gzip');
    expect(await rows.text()).toBe('1\n2\n');
  });

  it('sends its own reason phrase over one that was set', async () => {
    const { url } = await httpServer((_, res) => {
      res.statusCode = 404;
      res.statusMessage = 'Not there';
      sendResponse(new Response('x'), res);
    });
    expect(await fetch(url)).toMatchObject({ status: 200, statusText: 'OK' });
  });

  it('makes an error response of headers that Node refuses', async () => {
    const { url } = await serving(() => toSseResponse(of('a'), { headers: { 'x-a': 'a\x01b' } }));
    expect((await fetch(url)).status).toBe(500);
  });

  it('goes without a request of ours', async () => {
    const messages = producer('a');
    const { url } = await httpServer((req, res) => {
      sendResponse(toSseResponse(messages.source, { request: toRequest(req) }), res);
    });
    const recording = record(fromEventSource(url));
    await recording.received(1);
    recording.subscription.unsubscribe();
    await messages.observedBy(0);
  });
});
