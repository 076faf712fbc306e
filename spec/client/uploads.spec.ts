import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { NEVER, Subject, concat, firstValueFrom, of, throwError } from 'rxjs';
import {
  StreamNetworkError,
  StreamTimeoutError,
  fromEventSource,
  fromNdjsonFetch,
  toNdjsonBody,
} from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { H2CClient, fetch as undiciFetch } from 'undici';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { freePort } from '../../examples/serving/freePort';
import { httpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { readers } from '../support/readers';
import type { Reader } from '../support/readers';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { uploads } from '../support/upload';
import type { Upload } from '../support/upload';

forbidUnhandledRejections();

const [, ndjson] = readers as [Reader, Reader, Reader];

/** Takes the upload, and answers while it goes on. */
const answering =
  (answer: (response: ServerResponse) => void) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    request.on('error', () => undefined).resume();
    request.once('data', () => {
      answer(response);
    });
  };

const send = ({ readOnce }: Reader, { body }: Upload, url: string, init: object = {}): Recording<string> =>
  record(readOnce(url, { method: 'POST', body, ...init }));

describe.each(Object.entries(uploads).map(([source, upload]) => ({ source, upload })))(
  'An upload of $source is released',
  ({ upload }) => {
    it('when the response is complete', async () => {
      const server = await httpServer(answering((response) => response.end('"a"\n')));
      const sent = upload();
      const recording = send(ndjson, sent, server.url);
      await server.exchange(1);
      await Promise.all([sent.released(), recording.ended()]);
      expect(recording).toMatchObject({ values: ['a'], outcome: 'complete' });
    });

    it('when it is refused early', async () => {
      const server = await httpServer(answering((response) => response.writeHead(403).end('no')));
      const sent = upload();
      const recording = send(ndjson, sent, server.url);
      await server.exchange(1);
      await Promise.all([sent.released(), recording.ended()]);
      expect(recording.error).toMatchObject({ name: 'HttpStatusError', status: 403, body: 'no' });
    });

    it('when the connection is refused', async () => {
      const sent = upload();
      const recording = send(ndjson, sent, `http://127.0.0.1:${await freePort()}/`);
      await recording.ended();
      await sent.released();
      expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect' });
    });

    it('when the server closes the connection in mid-upload', async () => {
      const server = await httpServer((request) => {
        request.once('data', () => request.socket.destroy());
      });
      const sent = upload();
      const recording = send(ndjson, sent, server.url);
      await server.exchange(1);
      await Promise.all([sent.released(), recording.ended()]);
      expect(recording.error).toBeInstanceOf(StreamNetworkError);
    });

    it('when the server does not answer in time', async () => {
      const server = await httpServer((request) => request.on('error', () => undefined).resume());
      const sent = upload();
      const recording = send(ndjson, sent, server.url, { idleTimeout: 500 });
      await recording.ended();
      await sent.released();
      expect(recording.error).toBeInstanceOf(StreamTimeoutError);
    });

    it('when it is unsubscribed while it is sent', async () => {
      const server = await httpServer((request) => request.pause());
      const sent = upload();
      const recording = send(ndjson, sent, server.url);
      const { disconnected } = await server.exchange(1);
      recording.subscription.unsubscribe();
      await Promise.all([sent.released(), disconnected]);
      expect(recording.outcome).toBeUndefined();
    });

    it('when it is unsubscribed after the response began', async () => {
      const server = await httpServer(answering((response) => response.write('"a"\n')));
      const sent = upload();
      const recording = send(ndjson, sent, server.url);
      await recording.received(1);
      recording.subscription.unsubscribe();
      await Promise.all([sent.released(), server.disconnected(1)]);
    });

    it('when it is unsubscribed while the request factory is pending', async () => {
      const sent = upload();
      send(ndjson, sent, 'http://127.0.0.1/', { request: () => NEVER }).subscription.unsubscribe();
      await sent.released();
    });

    it('when a signal had been aborted before', async () => {
      const sent = upload();
      await send(ndjson, sent, 'http://127.0.0.1/', { signal: AbortSignal.abort() }).ended();
      await sent.released();
    });

    it('when the request factory made it', async () => {
      const server = await httpServer((request) => request.pause());
      const sent = upload();
      const request = () => of({ method: 'POST', body: sent.body });
      const recording = record(ndjson.readOnce(server.url, { request }));
      await server.exchange(1);
      recording.subscription.unsubscribe();
      await sent.released();
    });
  },
);

describe.each(readers)('An upload by $name', (reader) => {
  const upload = uploads['a stream of the platform'] as () => Upload;

  it.each([
    ['an end', (response: ServerResponse) => response.end(reader.frame('a'))],
    ['a refusal', (response: ServerResponse) => response.writeHead(500).end()],
    ['a cut', (response: ServerResponse) => response.socket?.destroy()],
  ])('is released after %s', async (_, answer) => {
    const server = await httpServer(
      answering((response) => {
        answer(response.setHeader('content-type', reader.mediaType));
      }),
    );
    const sent = upload();
    const recording = send(reader, sent, server.url);
    await server.exchange(1);
    await Promise.all([sent.released(), recording.ended()]);
  });

  it('errors with what its source errors with, as it is, and aborts the request', async () => {
    const failure = new TypeError('the disk is gone');
    const server = await httpServer((request) => request.on('error', () => undefined).resume());
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        controller.enqueue(new Uint8Array(1024));
        await server.exchange(1);
        controller.error(failure);
      },
    });
    const recording = record(reader.readOnce(server.url, { method: 'POST', body }));
    const { disconnected } = await server.exchange(1);
    await Promise.all([recording.ended(), disconnected]);
    expect(recording.error).toBe(failure);
  });

  it.each([
    ['sent as it is', (body: ReturnType<typeof toNdjsonBody>) => body],
    [
      'compressed',
      (body: ReturnType<typeof toNdjsonBody>) => body.pipeThrough(new CompressionStream('gzip')),
    ],
  ])('errors with what the source of a body errors with before its first row, %s', async (_, sent) => {
    const failure = new Error('the table is locked', { cause: new Error('by a migration') });
    const server = await httpServer((request) => request.on('error', () => undefined).resume());
    const body = sent(toNdjsonBody(throwError(() => failure)));
    const recording = record(reader.readOnce(server.url, { method: 'POST', body }));
    await recording.ended();
    expect(recording.error).toBe(failure);
  });

  it('errors with what the source of a body errors with after its first row, also if that is not an Error', async () => {
    const server = await httpServer((request) => request.on('error', () => undefined).resume());
    const failing = concat(
      of(1),
      // eslint-disable-next-line rxjs-x/throw-error -- what applications throw
      throwError(() => 'the table is locked'),
    );
    const recording = record(reader.readOnce(server.url, { method: 'POST', body: toNdjsonBody(failing) }));
    await recording.ended();
    expect(recording.error).toBe('the table is locked');
  });

  it('errors with an error of its source that has a cause, and not with the cause', async () => {
    const failure = new Error('the upload failed', { cause: new Error('the disk is full') });
    const server = await httpServer((request) => request.on('error', () => undefined).resume());
    const body = new ReadableStream({ pull: () => Promise.reject(failure) });
    const recording = record(reader.readOnce(server.url, { method: 'POST', body }));
    await recording.ended();
    expect(recording.error).toBe(failure);
  });
});

describe('A body that streams', () => {
  it('needs no `duplex`, and may be text', async () => {
    let body: Promise<string> | undefined;
    const server = await httpServer((request, response) => {
      body = text(request);
      void body.then(() => response.end());
    });
    const parts = Readable.from(['one ', Buffer.from('two')]) as unknown as BodyInit;
    await record(fromNdjsonFetch(server.url, { method: 'PUT', body: parts })).ended();
    expect(await body).toBe('one two');
  });

  it('is read a chunk at a time, when `fetch` asks for it', async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          controller.enqueue(new Uint8Array(++pulled));
        },
      },
      { highWaterMark: 0 },
    );
    let given: ReadableStream<Uint8Array> | undefined;
    const fetch: StreamFetch = (_, init) => {
      given = init.body as ReadableStream<Uint8Array>;
      return NEVER;
    };
    record(fromNdjsonFetch('http://127.0.0.1/', { method: 'POST', body, fetch }));
    await macrotasks();
    expect(pulled).toBe(0);
    const reader = given?.getReader();
    expect((await reader?.read())?.value).toHaveLength(1);
    await macrotasks();
    expect(pulled).toBe(1);
  });

  it('that `fetch` cancels by itself is no failure of its source', async () => {
    const chunks = new Subject<Uint8Array>();
    const left = vi.fn();
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          controller.enqueue(await firstValueFrom(chunks));
        },
        cancel: left,
      },
      { highWaterMark: 0 },
    );
    const fetch: StreamFetch = async (_, init) => {
      const reader = (init.body as ReadableStream<Uint8Array>).getReader();
      const read = reader.read();
      await reader.cancel();
      chunks.next(new Uint8Array(1));
      await read;
      return new Response('"a"\n');
    };
    const recording = record(fromNdjsonFetch('http://127.0.0.1/', { method: 'POST', body, fetch }));
    await recording.ended();
    expect(recording).toMatchObject({ values: ['a'], outcome: 'complete' });
    expect(left).toHaveBeenCalledOnce();
  });

  it('is told to `fetch` as one that is not sent again, unless the application says otherwise', async () => {
    const inits: RequestInit[] = [];
    const fetch: StreamFetch = (_, init) => {
      inits.push(init);
      return NEVER;
    };
    const post = { method: 'POST', fetch };
    record(fromNdjsonFetch('/', { ...post, body: new ReadableStream() }));
    record(fromNdjsonFetch('/', { ...post, body: new ReadableStream(), redirect: 'follow' }));
    record(fromNdjsonFetch('/', { ...post, body: 'text' }));
    await macrotasks();
    expect(inits.map(({ redirect }) => redirect)).toEqual(['error', 'follow', undefined]);
  });

  it.each<[string, () => BodyInit]>([
    [
      'a stream that is being read',
      () => {
        const body = new ReadableStream<Uint8Array>();
        body.getReader();
        return body;
      },
    ],
    ['a value that is neither bytes nor text', () => Readable.from([5]) as unknown as BodyInit],
  ])('is a TypeError where it is %s', async (_, make) => {
    const server = await httpServer((request) => request.on('error', () => undefined).resume());
    const recording = record(fromNdjsonFetch(server.url, { method: 'POST', body: make() }));
    await recording.ended();
    expect(recording.error).toBeInstanceOf(TypeError);
  });

  it.each([
    ['a stream', () => toNdjsonBody(of(1))],
    [
      'an iterator',
      () =>
        // eslint-disable-next-line @typescript-eslint/require-await -- the platform asks for one that is asynchronous
        (async function* () {
          yield '1';
        })() as unknown as BodyInit,
    ],
  ])('is a TypeError where it is %s that was sent before, and never an empty body', async (_, make) => {
    const server = await httpServer(
      (request, response) => void request.resume().once('end', () => response.end()),
    );
    const body = make();
    const first = record(fromNdjsonFetch(server.url, { method: 'POST', body }));
    await first.ended();
    expect(first.outcome).toBe('complete');
    const second = record(fromNdjsonFetch(server.url, { method: 'POST', body }));
    await second.ended();
    expect(second.error).toBeInstanceOf(TypeError);
    expect(server.exchanges).toHaveLength(1);
  });

  it('that fails as a network does is not sent again by fromEventSource', async () => {
    const failure = new StreamNetworkError({ phase: 'body', cause: new Error('the upstream is gone') });
    const server = await httpServer((request) => request.on('error', () => undefined).resume());
    const failing = vi.fn(() =>
      of({ body: new ReadableStream({ pull: () => Promise.reject(failure) }) as BodyInit }),
    );
    const recording = record(
      fromEventSource(server.url, { method: 'POST', reconnect: { delay: 1 }, request: failing }),
    );
    await recording.ended();
    expect(recording.error).toBe(failure);
    expect(failing).toHaveBeenCalledOnce();
  });

  it('is released before each next attempt', async () => {
    const server = await httpServer((request, response) => {
      request.on('error', () => undefined).resume();
      request.once('data', () => response.writeHead(server.exchanges.length < 3 ? 503 : 204).end());
    });
    const made: Upload[] = [];
    const request = () => {
      const upload = uploads['an async generator'] as () => Upload;
      made.push(upload());
      return of({ body: made.at(-1)?.body ?? null });
    };
    const recording = record(
      fromEventSource(server.url, { method: 'POST', reconnect: { delay: 1 }, request }),
    );
    await recording.ended();
    await Promise.all(made.map(({ released }) => released()));
    expect(recording.outcome).toBe('complete');
    expect(made).toHaveLength(3);
  });
});

describe('An upload over HTTP/2', () => {
  it.each(['refused early', 'unsubscribed'])('is released when it is %s', async (how) => {
    const server = createServer();
    server.on('stream', (stream) => {
      stream.on('error', () => undefined);
      if (how === 'unsubscribed') return;
      stream.resume();
      stream.once('data', () => {
        stream.respond({ ':status': 403 });
        stream.end();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const dispatcher = new H2CClient(url);
    onTestFinished(async () => {
      server.close();
      await dispatcher.destroy();
    });
    const fetch = undiciFetch as unknown as StreamFetch;
    const arrived = once(server, 'stream');
    const sent = (uploads['an async generator'] as () => Upload)();
    const recording = send(ndjson, sent, url, { fetch, dispatcher });
    await arrived;
    if (how === 'unsubscribed') recording.subscription.unsubscribe();
    else await recording.ended();
    await sent.released();
  });
});
