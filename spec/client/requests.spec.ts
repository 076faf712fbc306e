import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { of } from 'rxjs';
import { fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { StreamAttempt, StreamInit } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { readers } from '../support/readers';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();
afterEach(() => {
  vi.restoreAllMocks();
});

const events = (response: ServerResponse, body = ''): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(`retry: 100\n\n${body}`);
};

describe.each(readers)('a request of $name', ({ readOnce, mediaType, frame }) => {
  const answer = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': mediaType }).end(frame('a'));
  };

  /** A server that answers, and the body that it was sent. */
  const keepingBody = async (): Promise<{ server: HttpServer; body: () => Promise<string> | undefined }> => {
    let body: Promise<string> | undefined;
    const server = await httpServer((request, response) => {
      body = text(request);
      answer(response);
    });
    return { server, body: () => body };
  };

  it('is sent when subscribed, not before, and anew for each subscription', async () => {
    const server = await httpServer((_, response) => {
      answer(response);
    });
    const values$ = readOnce(server.url);
    await macrotasks();
    expect(server.exchanges).toHaveLength(0);

    const recordings = [record(values$), record(values$)];
    await Promise.all(recordings.map((recording) => recording.ended()));
    expect(recordings.map(({ values }) => values)).toEqual([['a'], ['a']]);
    expect(server.exchanges).toHaveLength(2);
  });

  it('carries the method, the headers and the body of the init', async () => {
    const { server, body } = await keepingBody();
    const recording = record(
      readOnce(server.url, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'x-tenant': 'a' },
        body: '{"question":"¿?"}',
      }),
    );
    await recording.ended();
    const { request } = await server.exchange(1);
    expect(request.method).toBe('PUT');
    expect(request.headers).toMatchObject({ 'content-type': 'application/json', 'x-tenant': 'a' });
    expect(await body()).toBe('{"question":"¿?"}');
  });

  it('carries a body that is itself a stream', async () => {
    const { server, body } = await keepingBody();
    const upload = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(utf8('one '));
        controller.enqueue(utf8('two'));
        controller.close();
      },
    });
    const init = { method: 'POST', body: upload, duplex: 'half' } as const;
    await record(readOnce(server.url, init)).ended();
    expect(await body()).toBe('one two');
  });

  it('carries what the request factory adds, headers by name, over what the init says', async () => {
    const { server, body } = await keepingBody();
    const recording = record(
      readOnce(server.url, {
        method: 'PUT',
        body: 'stale',
        headers: { Authorization: 'stale', 'x-tenant': 'a' },
        request: () => of({ method: 'POST', body: 'question', headers: [['authorization', 'fresh']] }),
      }),
    );
    await recording.ended();
    const { request } = await server.exchange(1);
    expect(request.method).toBe('POST');
    expect(request.headers).toMatchObject({ authorization: 'fresh', 'x-tenant': 'a' });
    expect(await body()).toBe('question');
  });

  it.each<[string, StreamInit['request']]>([
    ['an object', () => ({ headers: { authorization: 'fresh' } })],

    ['a list', () => [{ headers: { authorization: 'fresh' } }]],
    ['a promise', () => Promise.resolve({ headers: { authorization: 'fresh' } })],
  ])('takes %s that the request factory gives', async (_, request) => {
    const server = await httpServer((_, response) => {
      response.end();
    });
    await record(readOnce(server.url, { headers: { authorization: 'stale' }, request })).ended();
    expect((await server.exchange(1)).request.headers).toMatchObject({ authorization: 'fresh' });
  });

  it('errors with what the request factory throws or errors with, and is not sent', async () => {
    const server = await httpServer(() => undefined);
    const reason = new Error('signed out');
    const thrown = record(
      readOnce(server.url, {
        request: () => {
          throw reason;
        },
      }),
    );
    const rejected = record(readOnce(server.url, { request: () => Promise.reject(reason) }));
    await Promise.all([thrown.ended(), rejected.ended()]);
    expect(thrown.error).toBe(reason);
    expect(rejected.error).toBe(reason);
    await macrotasks();
    expect(server.exchanges).toHaveLength(0);
  });

  it('goes where the input function says', async () => {
    const server = await httpServer((_, response) => {
      answer(response);
    });
    const asked: StreamAttempt[] = [];
    const recording = record(
      readOnce((attempt) => {
        asked.push(attempt);
        return Promise.resolve(new URL('signed?by=me', server.url));
      }),
    );
    await recording.ended();
    expect((await server.exchange(1)).request.url).toBe('/signed?by=me');
    expect(asked).toEqual([{ attempt: 1, lastEventId: '', error: undefined }]);
  });

  it('can be a Request with a body, sent again by the next subscription', async () => {
    const bodies: Promise<string>[] = [];
    const server = await httpServer((request, response) => {
      bodies.push(text(request));
      answer(response);
    });
    const values$ = readOnce(
      new Request(server.url, { method: 'POST', body: 'question', headers: { 'x-tenant': 'a' } }),
    );
    for (let turn = 0; turn < 2; turn++) {
      const recording = record(values$);
      await recording.ended();
      expect(recording).toMatchObject({ values: ['a'], outcome: 'complete' });
    }
    expect(await Promise.all(bodies)).toEqual(['question', 'question']);
    expect(server.exchanges.map(({ request }) => [request.method, request.headers['x-tenant']])).toEqual([
      ['POST', 'a'],
      ['POST', 'a'],
    ]);
  });

  it('keeps the headers of a Request when the request factory adds one', async () => {
    const server = await httpServer((_, response) => {
      answer(response);
    });
    const input = new Request(server.url, { headers: { 'x-tenant': 'a' } });
    const recording = record(readOnce(input, { request: () => of({ headers: { authorization: 'fresh' } }) }));
    await recording.ended();
    expect((await server.exchange(1)).request.headers).toMatchObject({
      authorization: 'fresh',
      'x-tenant': 'a',
    });
  });

  it('hands fetch what of the init is unknown here, and not what is meant for the reader', async () => {
    const fetch = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('offline'));
    const dispatcher = {};
    const recording = record(
      readOnce('http://127.0.0.1/', { dispatcher, idleTimeout: 1_000, request: () => of({}) }),
    );
    await recording.ended();
    const init = fetch.mock.calls[0]?.[1] as { dispatcher: unknown; signal: unknown };
    expect(init.dispatcher).toBe(dispatcher);
    expect(init.signal).toBeInstanceOf(AbortSignal);
    for (const name of [
      'fetch',
      'request',
      'idleTimeout',
      'reconnect',
      'lastEventId',
      'project',
      'observe',
    ]) {
      expect(init).not.toHaveProperty(name);
    }
  });

  it('uses the fetch that is there when it is subscribed', async () => {
    const values$ = readOnce('http://127.0.0.1/');
    const fetch = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('offline'));
    const recording = record(values$);
    await recording.ended();
    expect(fetch).toHaveBeenCalledOnce();
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect' });
  });

  it('names the address that answered, after a redirect, in its errors', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/') response.writeHead(307, { location: '/moved' }).end();
      else response.writeHead(404).end();
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.error).toMatchObject({ status: 404, url: `${server.url}moved` });
  });
});

describe('a request of fromEventSource', () => {
  it('asks for an event stream that no cache answers', async () => {
    const server = await httpServer((_, response) => {
      events(response);
    });
    await record(fromEventSource(server.url, { reconnect: false })).ended();
    const { headers } = (await server.exchange(1)).request;
    expect(headers).toMatchObject({ accept: 'text/event-stream', 'cache-control': 'no-cache' });
    expect(headers).not.toHaveProperty('last-event-id');
  });

  it('leaves an Accept and a cache mode alone that were given', async () => {
    const server = await httpServer((_, response) => {
      events(response);
    });
    const fetch = vi.spyOn(globalThis, 'fetch');
    const init = { reconnect: false, cache: 'reload', headers: { accept: 'text/*' } } as const;
    await record(fromEventSource(server.url, init)).ended();
    expect((await server.exchange(1)).request.headers.accept).toBe('text/*');
    expect(fetch.mock.calls[0]?.[1]).toMatchObject({ cache: 'reload' });
  });

  it('leaves an Accept alone that a Request or the request factory gives', async () => {
    const server = await httpServer((_, response) => {
      events(response);
    });
    const input = new Request(server.url, { headers: { accept: 'text/*' } });
    await record(fromEventSource(input, { reconnect: false })).ended();
    const request = () => of({ headers: { accept: '*/*' } });
    await record(fromEventSource(server.url, { reconnect: false, request })).ended();
    expect(server.exchanges.map((exchange) => exchange.request.headers.accept)).toEqual(['text/*', '*/*']);
  });

  it.each(['7', 'Ä-ß', '日本', 'a b', '🙂', '%20'])(
    'carries `lastEventId` %j as UTF-8',
    async (lastEventId) => {
      const server = await httpServer((_, response) => {
        events(response);
      });
      await record(fromEventSource(server.url, { lastEventId, reconnect: false })).ended();
      expect(lastEventIdOf((await server.exchange(1)).request.headers)).toBe(lastEventId);
    },
  );

  it('carries, as UTF-8, the ID of the last message when it reconnects', async () => {
    const server = await httpServer((request, response) => {
      if (request.headers['last-event-id']) response.writeHead(204).end();
      else events(response, 'id: Ä-日本-🙂\ndata: a\n\n');
    });
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect(recording.values).toEqual([{ type: 'message', data: 'a', id: 'Ä-日本-🙂' }]);
    expect(server.exchanges.map(({ request }) => lastEventIdOf(request.headers))).toEqual([
      undefined,
      'Ä-日本-🙂',
    ]);
  });

  it.each([undefined, 503])('with POST is not sent again on its own, status %s', async (status) => {
    const server = await httpServer((_, response) => {
      if (status) response.writeHead(status).end();
      else events(response, 'data: a\n\n');
    });
    const recording = record(fromEventSource(server.url, { method: 'POST', body: 'question' }));
    await recording.ended();
    expect(recording.outcome).toBe(status ? 'error' : 'complete');
    await macrotasks();
    expect(server.exchanges).toHaveLength(1);
  });

  it('with a POST of the request factory, or of a Request, is not sent again on its own', async () => {
    const server = await httpServer((_, response) => {
      events(response);
    });
    const patched = record(
      fromEventSource(server.url, { request: () => of({ method: 'post', body: 'question' }) }),
    );
    const given = record(fromEventSource(new Request(server.url, { method: 'POST', body: 'question' })));
    await Promise.all([patched.ended(), given.ended()]);
    expect([patched.outcome, given.outcome]).toEqual(['complete', 'complete']);
    expect(server.exchanges).toHaveLength(2);
  });

  it('with POST and `reconnect: true` is sent again, body and all', async () => {
    const bodies: Promise<string>[] = [];
    const server = await httpServer((request, response) => {
      bodies.push(text(request));
      if (bodies.length < 2) events(response, 'data: a\n\n');
      else response.writeHead(204).end();
    });
    const init = { method: 'POST', body: 'question', reconnect: true } as const;
    const sent = record(fromEventSource(server.url, init));
    await sent.ended();
    expect(sent).toMatchObject({ values: [{ data: 'a' }], outcome: 'complete' });
    expect(await Promise.all(bodies)).toEqual(['question', 'question']);
  });

  it('with a POST Request and `reconnect: true` is sent again, body and all', async () => {
    const bodies: Promise<string>[] = [];
    const server = await httpServer((request, response) => {
      bodies.push(text(request));
      if (bodies.length < 3) events(response, 'data: a\n\n');
      else response.writeHead(204).end();
    });
    const input = new Request(server.url, { method: 'POST', body: 'question' });
    await record(fromEventSource(input, { reconnect: true })).ended();
    expect(await Promise.all(bodies)).toEqual(['question', 'question', 'question']);
  });

  it('goes to the original address again after a redirect', async () => {
    const server = await httpServer((request, response) => {
      if (request.url === '/') response.writeHead(307, { location: '/moved' }).end();
      else if (server.exchanges.length > 2) response.writeHead(204).end();
      else events(response, 'data: a\n\n');
    });
    await record(fromEventSource(server.url)).ended();
    expect(server.exchanges.map(({ request }) => request.url)).toEqual(['/', '/moved', '/', '/moved']);
  });

  it('asks the request factory and the input function anew for each attempt', async () => {
    const server = await httpServer((_, response) => {
      const turn = server.exchanges.length;
      if (turn === 1) events(response, 'id: 7\ndata: a\n\n');
      else if (turn === 2) response.writeHead(503).end();
      else response.writeHead(204).end();
    });
    const requests: StreamAttempt[] = [];
    const inputs: StreamAttempt[] = [];
    const recording = record(
      fromEventSource(
        (attempt) => {
          inputs.push(attempt);
          return of(`${server.url}${attempt.attempt}`);
        },
        {
          request: (attempt) => {
            requests.push(attempt);
            return of({ headers: { authorization: `token ${attempt.attempt}` } });
          },
        },
      ),
    );
    await recording.ended();
    expect(requests).toEqual([
      { attempt: 1, lastEventId: '', error: undefined },
      { attempt: 2, lastEventId: '7', error: undefined },
      {
        attempt: 3,
        lastEventId: '7',
        error: expect.objectContaining({ status: 503, attempt: 2 }) as unknown,
      },
    ]);
    expect(inputs).toEqual(requests);
    expect(server.exchanges.map(({ request }) => [request.url, request.headers.authorization])).toEqual([
      ['/1', 'token 1'],
      ['/2', 'token 2'],
      ['/3', 'token 3'],
    ]);
  });

  it('to an address that cannot be resolved errors at once, with what is wrong', async () => {
    for (const input of ['/relative', 'http://', () => of('/relative')]) {
      const recording = record(fromEventSource(input));
      await recording.ended();
      expect(recording.error).toBeInstanceOf(TypeError);
    }
  });
});

describe('a request of the other readers', () => {
  it('says nothing of what it accepts or caches, and knows no event ID', async () => {
    const server = await httpServer((_, response) => {
      response.end();
    });
    await record(fromChunkedFetch(server.url)).ended();
    await record(fromNdjsonFetch(server.url)).ended();
    for (const { request } of server.exchanges) {
      expect(request.headers.accept).toBe('*/*');
      expect(request.headers).not.toHaveProperty('cache-control');
      expect(request.headers).not.toHaveProperty('last-event-id');
    }
  });
});

/** A header arrives as one character a byte. */
function lastEventIdOf(headers: NodeJS.Dict<string | string[]>): string | undefined {
  const value = headers['last-event-id'];
  return typeof value === 'string' ? Buffer.from(value, 'latin1').toString('utf8') : undefined;
}
