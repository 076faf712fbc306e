import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import type { EventEmitter } from 'node:events';
import type { Http2Stream } from 'node:http2';
import { gzipSync } from 'node:zlib';
import {
  BehaviorSubject,
  NEVER,
  Subject,
  concat,
  finalize,
  firstValueFrom,
  from,
  noop,
  of,
  share,
  tap,
  throwError,
} from 'rxjs';
import {
  encodeText,
  formatSse,
  resumable,
  toChunkedBody,
  toChunkedResponse,
  toNdjsonResponse,
  toSseResponse,
} from 'rxjs-http-streams';
import type { BodyEnd } from 'rxjs-http-streams';
import { nodeHandler, sendResponse } from 'rxjs-http-streams/node';
import type { NodeResponse } from 'rxjs-http-streams/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { failing } from '../support/failing';
import { BUFFERS } from '../support/flood';
import { httpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { producer } from '../support/producer';
import { plainProtocols } from '../support/protocols';
import { pulledFlood } from '../support/pulledFlood';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

/** The first comment of a stream of ours. */
const OPENING = ':rxjs-http-streams\n\n';

const manyRows = Array.from({ length: 6_000 }, (_, row) => `${row} ${'x'.repeat(1_000)}`);

/** A stream that is none of ours. */
function foreign(
  ...steps: readonly (string | Error)[]
): ReadableStream<Uint8Array> & { readonly cancelled: Promise<unknown> } {
  let cancel: (reason: unknown) => void;
  const cancelled = new Promise((resolve) => {
    cancel = resolve;
  });
  const rest = [...steps];
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const step = rest.shift();
        if (step instanceof Error) controller.error(step);
        else if (step !== undefined) controller.enqueue(new TextEncoder().encode(step));
      },
      cancel(reason) {
        cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return Object.assign(stream, { cancelled });
}

describe.each(plainProtocols)('sendResponse over $name', ({ name, serve }) => {
  it('sends each message while the next is not yet made, and then the end', async () => {
    const messages = producer('a');
    const ask = await serve(nodeHandler((request) => toSseResponse(messages.source, { request })));
    const client = ask();
    await client.seen('data: a\n\n');
    messages.next('b');
    await client.seen('data: b\n\n');
    messages.complete();
    const { text, cut } = await client.over;
    expect(text).toContain('data: b\n\n');
    expect(cut).toBe(false);
    await messages.observedBy(0);
  });

  it('sends a stream of any origin, and lets go of it when the client leaves', async () => {
    const body = foreign('one', 'two');
    const ask = await serve(nodeHandler(() => new Response(body)));
    const client = ask();
    expect(await client.seen('two')).toBe('onetwo');
    client.leave();
    await body.cancelled;
  });

  it('sends a body that is not a stream', async () => {
    const ask = await serve(nodeHandler(() => Response.json({ a: 1 }, { status: 201 })));
    const client = ask();
    expect(await client.head).toMatchObject({ status: 201, headers: { 'content-type': 'application/json' } });
    expect(await client.over).toMatchObject({ text: '{"a":1}', cut: false });
  });

  it('unsubscribes from a silent source when the client disconnects, and tells `onEnd` alone', async () => {
    const messages = producer('a');
    const ends: BodyEnd[] = [];
    const ask = await serve(
      nodeHandler(() => toSseResponse(messages.source, { heartbeat: 0, onEnd: (end) => ends.push(end) })),
    );
    const client = ask();
    await client.seen('data: a\n\n');
    client.leave();
    await messages.observedBy(0);
    await macrotasks();
    expect(ends).toMatchObject([{ outcome: 'left', error: undefined, messages: 1 }]);
  });

  it('lets go of a client of a feed that leaves', async () => {
    const messages = producer<{ data: string }>();
    const feed = resumable(messages.source, { resetOnRefCountZero: true });
    const ask = await serve(nodeHandler((request) => toSseResponse(feed, { request })));
    const client = ask();
    await client.seen(OPENING);
    await messages.observedBy(1);
    messages.next({ data: 'a' });
    await client.seen('data: a\n\n');
    client.leave();
    await messages.observedBy(0);
  });

  it('aborts the signal of the request when the client leaves, and not when the response has ended', async () => {
    const signals: AbortSignal[] = [];
    const messages = producer('a');
    const ask = await serve(
      nodeHandler((request) => {
        signals.push(request.signal);
        return toSseResponse(request.url.endsWith('/whole') ? of('a') : messages.source);
      }),
    );
    await ask({ path: '/whole' }).over;
    const client = ask();
    await client.seen('data: a\n\n');
    const aborted = new Promise((resolve) => {
      signals[1]?.addEventListener('abort', resolve);
    });
    client.leave();
    await aborted;
    expect(signals.map((signal) => signal.aborted)).toEqual([false, true]);
  });

  it.each(['GET', 'HEAD'])(
    'aborts the signal of a %s that is not answered when the client leaves',
    async (method) => {
      const asked = new Subject<AbortSignal>();
      const signal = firstValueFrom(asked);
      const ask = await serve(
        nodeHandler((request) => {
          asked.next(request.signal);
          return new Promise<never>(noop);
        }),
      );
      const client = ask({ method });
      const aborted = once(await signal, 'abort');
      client.leave();
      await aborted;
    },
  );

  it('sends the headers within a tenth of a second where there is nothing else', async () => {
    const rows = producer<number>();
    const ask = await serve(nodeHandler((request) => toNdjsonResponse(rows.source, { request })));
    const client = ask();
    expect(await client.head).toMatchObject({ status: 200 });
    client.leave();
    await rows.observedBy(0);
  });

  it('puts its headers over those of middleware, and adds cookies and Vary', async () => {
    const handle = nodeHandler(() => {
      const headers = new Headers({ 'x-a': 'response', vary: 'accept' });
      headers.append('set-cookie', 'b=1');
      headers.append('set-cookie', 'c=2');
      return new Response('x', { headers });
    });
    const ask = await serve((req, res) => {
      res.setHeader('x-a', 'middleware');
      res.setHeader('x-b', 'middleware');
      res.setHeader('vary', 'origin');
      res.setHeader('set-cookie', 'a=0');
      handle(req, res);
    });
    expect((await ask().head).headers).toMatchObject({
      'x-a': 'response',
      'x-b': 'middleware',
      vary: 'origin, accept',
      'set-cookie': ['a=0', 'b=1', 'c=2'],
    });
  });

  it('sends a list of cookies', async () => {
    const headers = new Headers([
      ['set-cookie', 'a=1; path=/'],
      ['set-cookie', 'b=2'],
    ]);
    const ask = await serve(nodeHandler(() => toSseResponse(of('x'), { headers })));
    expect((await ask().head).headers['set-cookie']).toEqual(['a=1; path=/', 'b=2']);
  });

  it.each([204, 205, 304])('sends no body with %i', async (status) => {
    const ask = await serve(nodeHandler(() => new Response(null, { status, headers: { 'x-a': 'b' } })));
    const client = ask();
    expect(await client.head).toMatchObject({ status, headers: { 'x-a': 'b' } });
    expect(await client.over).toMatchObject({ text: '', cut: false });
  });

  it('answers HEAD with the headers alone, and starts no source', async () => {
    const messages = producer('a');
    const body = foreign('x');
    const ask = await serve(
      nodeHandler((request) =>
        // Without the request, so that the response has a body.
        request.url.endsWith('/foreign') ? new Response(body) : toSseResponse(messages.source),
      ),
    );
    const client = ask({ method: 'HEAD' });
    expect(await client.head).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
    });
    expect(await client.over).toMatchObject({ text: '', cut: false });
    await ask({ method: 'HEAD', path: '/foreign' }).over;
    await body.cancelled;
    expect(messages.subscriptions()).toBe(0);
  });

  describe('shows a failure before the first byte as a response', () => {
    it.each([
      ['of a source', () => toNdjsonResponse(failing()), 500, 'Internal error'],
      [
        'of a source, by its status',
        () => toNdjsonResponse(throwError(() => Object.assign(new Error('the secret'), { status: 429 }))),
        429,
        'Internal error',
      ],
      [
        'of a source, in words for the public',
        () => toNdjsonResponse(failing(), { mapError: () => 'no rows today' }),
        500,
        'no rows today',
      ],
      [
        'of a source that failed before',
        () => {
          const signal = AbortSignal.abort(new Error('the secret'));
          return toNdjsonResponse(NEVER, { signal });
        },
        500,
        'Internal error',
      ],
      ['of any stream', () => new Response(foreign(new Error('the secret'))), 500, 'Internal error'],
      [
        'of any stream, by its own status and not by that of its cause',
        () => {
          const cause = Object.assign(new Error('the secret'), { status: 404 });
          return new Response(foreign(Object.assign(new Error('the secret', { cause }), { status: 503 })));
        },
        503,
        'Internal error',
      ],
      [
        'of a signal, by the status of a reason that is not an Error',
        () => toNdjsonResponse(NEVER, { signal: AbortSignal.abort({ status: 503 }) }),
        503,
        'Internal error',
      ],
    ])('%s', async (_, respond, status, text) => {
      const handle = nodeHandler(() => {
        const response = respond();
        response.headers.set('content-disposition', 'attachment');
        response.headers.append('set-cookie', 'a=1');
        response.headers.append('set-cookie', 'b=2');
        return response;
      });
      const ask = await serve((req, res) => {
        res.setHeader('access-control-allow-origin', '*');
        handle(req, res);
      });
      const client = ask();
      const { headers } = await client.head;
      expect(await client.head).toMatchObject({ status });
      expect(headers['content-disposition']).toBeUndefined();
      expect(headers).toMatchObject({
        'access-control-allow-origin': '*',
        'set-cookie': ['a=1', 'b=2'],
        'cache-control': 'no-store',
        'content-type': 'text/plain; charset=utf-8',
      });
      expect(await client.over).toMatchObject({ text, cut: false });
    });
  });

  describe('shows a failure after the first byte as a cut that follows all before it', () => {
    it('of a source', async () => {
      const rows = producer(1, 2);
      const ask = await serve(nodeHandler((request) => toNdjsonResponse(rows.source, { request })));
      const client = ask();
      await client.seen('2\n');
      rows.next(3);
      rows.error(new Error('the secret'));
      expect(await client.over).toMatchObject({
        text: '1\n2\n3\n',
        cut: true,
        rstCode: name === 'HTTP/2' ? 2 : undefined,
      });
    });

    it('of any stream', async () => {
      const ask = await serve(
        nodeHandler(() => new Response(foreign('one', 'two', new Error('the secret')))),
      );
      expect(await ask().over).toMatchObject({ text: 'onetwo', cut: true });
    });

    it('in the same turn', async () => {
      const ask = await serve(nodeHandler(() => toNdjsonResponse(concat(manyRows.slice(0, 50), failing()))));
      const { text, cut } = await ask().over;
      expect(text.split('\n')).toHaveLength(51);
      expect(cut).toBe(true);
    });

    // Node's client of HTTP/1.1 drops what it has not read when the connection closes: a bare socket asks below.
    if (name !== 'HTTP/2') return;
    it('to a client that is slow', async () => {
      const ask = await serve(nodeHandler(() => toNdjsonResponse(concat(manyRows, failing('the last')))));
      const client = ask();
      const response = await client.response;
      response.on('data', () => {
        response.pause();
        setTimeout(() => response.resume(), 1);
      });
      const { text, cut } = await client.over;
      expect(text.split('\n')).toHaveLength(6_002);
      expect(text).toContain('"the last"\n');
      expect(cut).toBe(true);
    });
  });

  it('pulls a generator no faster than the client reads, and ends it when the client leaves', async () => {
    const flood = pulledFlood();
    const ask = await serve(nodeHandler((request) => toChunkedResponse(flood.source, { request })));
    const client = ask();
    (await client.response).pause();
    await flood.heldBack();
    expect(flood.pulled()).toBeLessThan(BUFFERS);
    client.leave();
    await flood.left;
  });

  it('reads a stream of any origin no faster than the client reads', async () => {
    const flood = pulledFlood();
    const ask = await serve(
      // Behind a transformation it is not ours any more.
      nodeHandler(
        () => new Response(toChunkedBody(flood.source).pipeThrough(new TransformStream<Uint8Array>())),
      ),
    );
    const client = ask();
    (await client.response).pause();
    await flood.heldBack();
    expect(flood.pulled()).toBeLessThan(BUFFERS);
    client.leave();
    await flood.left;
  });

  it('sends all of a flood to a client that reads by and by', async () => {
    const ask = await serve(nodeHandler((request) => toNdjsonResponse(from(manyRows), { request })));
    const client = ask();
    const response = await client.response;
    response.on('data', () => {
      response.pause();
      setTimeout(() => response.resume(), 1);
    });
    const { text, cut } = await client.over;
    expect(text).toBe(manyRows.map((row) => `"${row}"\n`).join(''));
    expect(cut).toBe(false);
  });

  it('cuts a client off that is too slow, which `onEnd` is told', async () => {
    const pieces = producer<string>();
    const ended = new Promise<BodyEnd>((resolve) => {
      void serve(
        nodeHandler((request) =>
          toSseResponse(pieces.source, {
            request,
            maxBufferedBytes: 1024 * 1024,
            heartbeat: 0,
            onEnd: resolve,
          }),
        ),
      ).then(async (ask) => {
        const client = ask();
        (await client.response).pause();
        await pieces.observedBy(1);
        for (let piece = 0; piece < 64; piece++) pieces.next('x'.repeat(256 * 1024));
      });
    });
    expect(await ended).toMatchObject({ outcome: 'overflow' });
    await pieces.observedBy(0);
  });

  it('writes bytes that many clients share as they are', async () => {
    const messages = producer<string>();
    const encoded$ = messages.source.pipe(formatSse(), encodeText(), share());
    const written: unknown[] = [];
    const handle = nodeHandler((request) => toSseResponse(encoded$, { request }));
    const ask = await serve((req, res) => {
      const write = vi.spyOn(res as { write: (chunk: unknown) => boolean }, 'write');
      onTestFinished(() => {
        written.push(...write.mock.calls.map(([chunk]) => chunk));
      });
      handle(req, res);
      calls.push(() => write.mock.calls.map(([chunk]) => chunk));
    });
    const calls: (() => unknown[])[] = [];
    const clients = [ask(), ask()];
    await Promise.all(clients.map(({ seen }) => seen(OPENING)));
    messages.next('shared');
    await Promise.all(clients.map(({ seen }) => seen('data: shared\n\n')));
    const [first, second] = calls.map((chunks) => chunks().at(-1));
    expect(first).toBeInstanceOf(Uint8Array);
    expect(first).toBe(second);
  });

  it('writes a burst of messages in two pieces', async () => {
    const messages = new Subject<string>();
    let chunks = (): number => 0;
    const handle = nodeHandler(() => toSseResponse(messages.pipe(formatSse(), encodeText())));
    const ask = await serve((req, res) => {
      const write = vi.spyOn(res as { write: (chunk: unknown) => boolean }, 'write');
      chunks = () => write.mock.calls.length;
      handle(req, res);
    });
    const client = ask();
    await client.seen(OPENING);
    const before = chunks();
    for (let n = 0; n < 50; n++) messages.next(String(n));
    await client.seen('data: 49\n\n');
    expect(chunks() - before).toBeLessThanOrEqual(2);
  });

  it('throws for a response that was begun, or whose body was read', async () => {
    const failures: unknown[] = [];
    const attempt = (task: () => void): void => {
      try {
        task();
      } catch (error) {
        failures.push(error);
      }
    };
    const ask = await serve((_, res) => {
      const read = new Response('x');
      void read.text();
      attempt(() => {
        sendResponse(read, res);
      });
      const locked = new Response('x');
      locked.body?.getReader();
      attempt(() => {
        sendResponse(locked, res);
      });
      sendResponse(new Response('y'), res);
      setImmediate(() => {
        attempt(() => {
          sendResponse(new Response('z'), res);
        });
      });
    });
    expect(await ask().over).toMatchObject({ text: 'y' });
    expect(failures).toEqual([expect.any(TypeError), expect.any(TypeError), expect.any(TypeError)]);
  });

  it('cancels a body whose client left before it was there, and never starts it', async () => {
    const messages = producer('a');
    const body = foreign('x');
    let respond: (response: Response) => void = () => undefined;
    const asked = new BehaviorSubject(0);
    const gone = new Subject<void>();
    const handle = nodeHandler(
      () =>
        new Promise<Response>((resolve) => {
          respond = resolve;
          asked.next(asked.value + 1);
        }),
    );
    const ask = await serve((req, res) => {
      res.on('close', () => {
        gone.next();
      });
      handle(req, res);
    });
    for (const response of [toSseResponse(messages.source), new Response(body)]) {
      const come = new Promise<void>((resolve) => {
        asked.subscribe((count) => {
          if (count > 0) resolve();
        });
      });
      const client = ask();
      await come;
      const left = new Promise<void>((resolve) => {
        gone.subscribe(resolve);
      });
      client.leave();
      await left;
      asked.next(0);
      respond(response);
    }
    await body.cancelled;
    expect(messages.subscriptions()).toBe(0);
  });

  it('lets go of a connection whose client closes it before it has taken the end of a response', async () => {
    let held: NodeResponse | undefined;
    /** Ends once the client does not take what was sent. */
    async function* untilHeldBack(): AsyncGenerator<string> {
      do {
        yield 'x'.repeat(8 * 1024);
        await macrotasks();
      } while (held?.writableLength === 0);
    }
    const handle = nodeHandler(() => toChunkedResponse(untilHeldBack()));
    const closed: Promise<unknown>[] = [];
    const ask = await serve((req, res) => {
      held = res;
      const connection = 'stream' in req ? ((req.stream as Http2Stream).session as EventEmitter) : req.socket;
      for (const emitter of [res, connection]) {
        closed.push(new Promise((resolve) => emitter.once('close', resolve)));
      }
      handle(req, res);
    });
    const client = ask();
    (await client.response).pause();
    await vi.waitFor(() => {
      expect(held?.writableEnded).toBe(true);
    }, 10_000);
    expect(held?.writableFinished).toBe(false);
    client.disconnect();
    await Promise.all(closed);
  });

  it('keeps the asynchronous context of the request', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const torn = new Promise<void>((resolve) => {
      void serve((req, res) => {
        storage.run(String(req.url), () => {
          nodeHandler(() => {
            seen.push(storage.getStore());
            return toSseResponse(() => {
              seen.push(storage.getStore());
              return concat(of('a'), NEVER).pipe(
                tap(() => {
                  seen.push(storage.getStore());
                }),
                finalize(() => {
                  seen.push(storage.getStore());
                  resolve();
                }),
              );
            });
          })(req, res);
        });
      }).then(async (ask) => {
        const client = ask({ path: '/context' });
        await client.seen('data: a\n\n');
        client.leave();
      });
    });
    await torn;
    expect(seen).toEqual(['/context', '/context', '/context', '/context']);
  });

  it('relays a response of `fetch` without the encoding that it has lost, and the headers of its connection', async () => {
    const { url } = await httpServer((_, response) => {
      const body = gzipSync('relayed');
      response
        .writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length, 'x-a': 'b' })
        .end(body);
    });
    const ask = await serve(nodeHandler(() => fetch(url)));
    const client = ask();
    const { status, headers } = await client.head;
    expect({ status, headers }).toMatchObject({ status: 200, headers: { 'x-a': 'b' } });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['content-length']).toBeUndefined();
    expect(await client.over).toMatchObject({ text: 'relayed', cut: false });
  });

  it('leaves the trailers of the application alone', async () => {
    const ask = await serve((_, res) => {
      (res as { addTrailers: (trailers: Record<string, string>) => void }).addTrailers({ 'x-end': 'yes' });
      sendResponse(new Response('x', { headers: { trailer: 'x-end' } }), res);
    });
    const client = ask();
    const response = await client.response;
    const trailers = new Promise((resolve) => {
      response.once('trailers', resolve);
      response.once('end', () => {
        setImmediate(() => {
          resolve((response as { trailers?: unknown }).trailers);
        });
      });
    });
    await client.over;
    expect(await trailers).toMatchObject({ 'x-end': 'yes' });
  });
});
