import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { from, interval, map, take } from 'rxjs';
import { fromNdjsonFetch, toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler, toRequest } from 'rxjs-http-streams/node';
import { Agent, fetch as fetchOfUndici } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { certificate } from '../support/certificate';
import { BUFFERS } from '../support/flood';
import { httpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { plainProtocols } from '../support/protocols';
import { rawClient } from '../support/rawClient';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const described = async (request: Request): Promise<Response> =>
  Response.json({
    method: request.method,
    url: request.url,
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
  });

describe.each(plainProtocols)('toRequest over $name', ({ serve }) => {
  it('has the method, the URL, the headers and the body', async () => {
    const ask = await serve(nodeHandler(described));
    const { text } = await ask({
      method: 'PUT',
      path: '/a%20b?c=d&c=e',
      headers: { 'x-a': 'b', cookie: 'c=1; d=2' },
      body: 'the body ✓',
    }).over;
    expect(JSON.parse(text)).toMatchObject({
      method: 'PUT',
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/a%20b\?c=d&c=e$/) as string,
      headers: { 'x-a': 'b', cookie: 'c=1; d=2' },
      body: 'the body ✓',
    });
  });

  it('has no body for a POST without one', async () => {
    const bodies: unknown[] = [];
    const ask = await serve(
      nodeHandler(({ body }) => {
        bodies.push(body);
        return new Response('x');
      }),
    );
    await ask({ method: 'POST', headers: { 'content-length': '0' }, body: '' }).over;
    await ask({ method: 'DELETE', body: '' }).over;
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toBeNull();
  });

  it('streams a body as it comes, and answers meanwhile', async () => {
    const ask = await serve(nodeHandler((request) => new Response(request.body)));
    const client = ask({ method: 'POST' });
    client.request.write('one');
    expect(await client.seen('one')).toBe('one');
    client.request.write('two');
    expect(await client.seen('two')).toBe('onetwo');
    client.request.end();
    expect(await client.over).toMatchObject({ text: 'onetwo', cut: false });
  });

  it('holds a client back whose body is not read', async () => {
    let read = (): void => undefined;
    const reading = new Promise<void>((resolve) => {
      read = resolve;
    });
    const ask = await serve(
      nodeHandler(async (request) => {
        await reading;
        return new Response(String((await request.arrayBuffer()).byteLength));
      }),
    );
    const client = ask({ method: 'POST' });
    const piece = Buffer.alloc(256 * 1024);
    let written = 0;
    while (client.request.write(piece) || written < BUFFERS * 2) {
      written += piece.length;
      if (written > BUFFERS * 2) break;
    }
    expect(client.request.writableLength).toBeGreaterThan(BUFFERS / 2);
    read();
    client.request.end();
    const { text } = await client.over;
    expect(Number(text)).toBeGreaterThanOrEqual(written);
  });

  it('fails a body whose client leaves while it is read, and aborts', async () => {
    const outcomes: unknown[] = [];
    const over = new Promise<void>((resolve) => {
      void serve(
        nodeHandler(async ({ body, signal }) => {
          signal.addEventListener('abort', () => {
            outcomes.push('aborted');
          });
          const reader = body?.getReader();
          await reader?.read();
          await reader?.read().catch(() => {
            outcomes.push('failed');
          });
          resolve();
          return new Response('x');
        }),
      ).then((ask) => {
        const client = ask({ method: 'POST' });
        client.request.write('one');
        // Node's client of HTTP/2 would end the body if it cancelled the stream.
        setTimeout(() => client.request.destroy(), 20);
      });
    });
    await over;
    expect(outcomes.sort()).toEqual(['aborted', 'failed']);
  });

  it('leaves the connection alone where the body is not read, or not to its end', async () => {
    const ask = await serve(
      nodeHandler(async (request) => {
        if (request.url.endsWith('/begun')) {
          const reader = request.body?.getReader();
          await reader?.read();
          await reader?.cancel();
        }
        return new Response('refused', { status: 413 });
      }),
    );
    for (const path of ['/begun', '/unread']) {
      const client = ask({ method: 'POST', path, body: 'x'.repeat(1024 * 1024) });
      expect(await client.head).toMatchObject({ status: 413 });
      expect(await client.over).toMatchObject({ text: 'refused', cut: false });
    }
  });

  it('sends feeds to a client that goes on sending', async () => {
    const ask = await serve(
      nodeHandler((request) =>
        toSseResponse(
          interval(1).pipe(
            take(3),
            map((n) => `${n}`),
          ),
          { request },
        ),
      ),
    );
    const client = ask({ method: 'POST' });
    client.request.write('and so on');
    await client.seen('data: 2\n\n');
  });

  it('lets go of a source whose client has left behind a body that is not read', async () => {
    const messages = producer('a');
    const ask = await serve(
      nodeHandler((request) => toSseResponse(messages.source, { request, heartbeat: 20 })),
    );
    const client = ask({ method: 'POST' });
    client.request.write('x'.repeat(1024 * 1024));
    await messages.observedBy(1);
    client.leave();
    await messages.observedBy(0);
  });

  it('keeps its signal at work for whatever depends on it, when the request itself was collected', async () => {
    const { setFlagsFromString } = await import('node:v8');
    const { runInNewContext } = await import('node:vm');
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const messages = producer('a');
    const told = new Set<string>();
    const derived: Request[] = [];
    const all = new Promise<void>((resolve) => {
      const tell = (what: string) => (): void => {
        told.add(what);
        if (told.size === 3) resolve();
      };
      void serve(
        nodeHandler((request) => {
          request.signal.addEventListener('abort', tell('signal'));
          AbortSignal.any([request.signal]).addEventListener('abort', tell('any'));
          derived.push(new Request('http://localhost/', request));
          derived[0]?.signal.addEventListener('abort', tell('request'));
          return toSseResponse(messages.source, { request, heartbeat: 0 });
        }),
      ).then(async (ask) => {
        const client = ask();
        await client.seen('data: a');
        for (let n = 0; n < 5; n++) {
          collect();
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        client.leave();
      });
    });
    await messages.observedBy(1);
    await messages.observedBy(0);
    await all;
    expect([...told].sort()).toEqual(['any', 'request', 'signal']);
  });
});

describe('toRequest', () => {
  it('has https in its URL on an encrypted connection', async () => {
    const server = createServer(certificate(), nodeHandler(described));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
    const response = await fetchOfUndici(`https://127.0.0.1:${port}/a`, { dispatcher });
    expect(await response.json()).toMatchObject({ url: `https://127.0.0.1:${port}/a` });
    await dispatcher.destroy();
  });

  it('takes the host and the path that the client names, however odd', async () => {
    const { url } = await httpServer(nodeHandler(({ url }) => new Response(url)));
    const client = rawClient(url);
    const paths = ['//evil.example/x', '/\\evil.example', 'http://other.example/y?z', '/a/../b', '/%zz'];
    for (const path of paths) client.write(`GET ${path} HTTP/1.1\r\nhost: here.example:81\r\n\r\n`);
    client.write('OPTIONS * HTTP/1.1\r\nhost: here.example:81\r\nconnection: close\r\n\r\n');
    const { text } = await client.closed;
    expect(text.match(/http:\/\/\S+/g)).toEqual([
      'http://here.example:81//evil.example/x',
      'http://here.example:81//evil.example',
      'http://other.example/y?z',
      'http://here.example:81/b',
      'http://here.example:81/%zz',
      'http://here.example:81/*',
    ]);
  });

  it.each([
    'GET / HTTP/1.1\r\nhost: a b',
    'GET / HTTP/1.1\r\nhost: a/b',
    'GET / HTTP/1.1\r\nhost: a@b',
    'TRACE / HTTP/1.1\r\nhost: a',
  ])('refuses %j with a 400', async (head) => {
    let calls = 0;
    const { url } = await httpServer(
      nodeHandler(() => {
        calls++;
        return new Response('x');
      }),
    );
    const client = rawClient(url);
    client.write(`${head}\r\nconnection: close\r\n\r\n`);
    expect((await client.closed).text).toMatch(/^HTTP\/1.1 400 /);
    expect(calls).toBe(0);
  });

  it('names what is wrong with a host', () => {
    const req = { method: 'GET', url: '/', headers: { host: 'a b' }, socket: {} };
    expect(() => toRequest(req as never)).toThrow(new TypeError('toRequest: expected a host, got "a b"'));
  });

  it('answers a client that waits for 100 Continue', async () => {
    const { url } = await httpServer(nodeHandler(described));
    const client = rawClient(url);
    client.write('POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n');
    await client.seen('HTTP/1.1 100 Continue\r\n\r\n');
    client.write('body');
    expect(await client.seen('"body":"body"')).toContain('HTTP/1.1 200 OK');
  });

  describe('after a body parser', () => {
    const echo = nodeHandler(async (request) =>
      Response.json({
        text: await request.text().catch((error: unknown) => (error as Error).message),
        encoding: request.headers.get('content-encoding'),
        length: request.headers.get('content-length'),
      }),
    );
    const post = async (
      parser: express.RequestHandler,
      type: string,
      body: string | Uint8Array,
      headers: Record<string, string> = {},
    ): Promise<unknown> => {
      const app = express();
      app.use(parser);
      const { url } = await httpServer(app.post('/', echo));
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': type, ...headers },
        body: body as BodyInit,
      });
      return response.json();
    };

    it('has the JSON again', async () => {
      expect(await post(express.json(), 'application/json; charset=utf-8', '{ "a": [1, "✓"] }')).toEqual({
        text: '{"a":[1,"✓"]}',
        encoding: null,
        length: null,
      });
      expect(
        await post(express.json({ type: '*/*', strict: false }), 'application/x+json', '5'),
      ).toMatchObject({
        text: '5',
      });
    });

    it('has what was inflated without its encoding', async () => {
      expect(
        await post(express.json(), 'application/json', gzipSync('{"a":1}'), { 'content-encoding': 'gzip' }),
      ).toEqual({ text: '{"a":1}', encoding: null, length: null });
    });

    it('has text and bytes as they were', async () => {
      expect(await post(express.text(), 'text/plain', 'the text')).toMatchObject({ text: 'the text' });
      expect(await post(express.raw(), 'application/octet-stream', 'the bytes')).toMatchObject({
        text: 'the bytes',
      });
    });

    it('prefers the raw body that the parser has kept', async () => {
      const verify = (req: object, _: unknown, rawBody: Uint8Array): void => {
        Object.assign(req, { rawBody });
      };
      expect(await post(express.json({ verify }), 'application/json', '{ "a": 1.0 }')).toMatchObject({
        text: '{ "a": 1.0 }',
      });
    });

    it('has the fields of a form again, and refuses those within fields', async () => {
      const type = 'application/x-www-form-urlencoded';
      expect(await post(express.urlencoded(), type, 'a=1&b=x+y&b=z%26')).toMatchObject({
        text: 'a=1&b=x+y&b=z%26',
      });
      expect(await post(express.urlencoded({ extended: true }), type, 'a[b][c]=1')).toMatchObject({
        text: expect.stringContaining('was read already') as string,
      });
    });

    it('refuses in words what is gone, when it is asked for and not before', async () => {
      const gone: express.RequestHandler = (req, _, next) => {
        req.resume().once('end', next);
      };
      expect(await post(gone, 'text/plain', 'x')).toMatchObject({
        text: expect.stringContaining('was read already') as string,
      });
    });

    it('streams what the parser has left alone', async () => {
      expect(await post(express.json(), 'text/plain', 'as it is')).toMatchObject({
        text: 'as it is',
        length: '8',
      });
    });
  });

  it('has the whole path under a router', async () => {
    const app = express().use(
      '/api',
      nodeHandler(({ url }) => new Response(url)),
    );
    const { url } = await httpServer(app);
    expect(await (await fetch(`${url}api/a?b`)).text()).toBe(`${url}api/a?b`);
  });

  it('tells a request without its response that the client has left, on a connection with earlier requests', async () => {
    const messages = producer('a');
    const signals: AbortSignal[] = [];
    const { url } = await httpServer((req, res) => {
      const request = toRequest(req);
      signals.push(request.signal);
      if (req.url === '/quick') res.end('x');
      else res.write('x');
    });
    const client = rawClient(url);
    client.write('GET /quick HTTP/1.1\r\nhost: a\r\n\r\n');
    await client.seen('x');
    client.write('GET /long HTTP/1.1\r\nhost: a\r\n\r\n');
    await client.seen('chunked');
    const aborted = new Promise((resolve) => {
      signals[1]?.addEventListener('abort', resolve);
    });
    client.socket.destroy();
    await aborted;
    expect(messages.subscriptions()).toBe(0);
  });

  it('carries rows both ways at the pace of the slower side', async () => {
    const { url } = await httpServer(nodeHandler((request) => new Response(request.body)));
    const rows = Array.from({ length: 20_000 }, (_, row) => ({ row, text: 'x'.repeat(100) }));
    const { body } = toNdjsonResponse(from(rows));
    const recording = record(fromNdjsonFetch(url, { method: 'POST', body, ...{ duplex: 'half' } }));
    await recording.ended();
    expect(recording).toMatchObject({ outcome: 'complete' });
    expect(recording.values).toEqual(rows);
  });
});
