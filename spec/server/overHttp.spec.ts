import { spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Observable, concat, defer, of, share, throwError } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import {
  encodeText,
  formatSse,
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  toChunkedResponse,
  toNdjsonResponse,
  toSseResponse,
} from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { absentClient } from '../support/absentClient';
import { BUFFERS } from '../support/flood';
import { macrotasks } from '../support/macrotasks';
import { finalOutcomeOf } from '../support/outcome';
import { producer } from '../support/producer';
import { pulledFlood } from '../support/pulledFlood';
import { received } from '../support/received';
import { referenceSse } from '../support/referenceSse';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';

forbidUnhandledRejections();

const COUNT = 100_000;
const BATCH = 100;
const KIB = '.'.repeat(1023) + '\n';

/** Values that come in bursts, without regard to who takes them. */
const flood = new Observable<string>((subscriber) => {
  let given = 0;
  let next: NodeJS.Immediate;
  const batch = (): void => {
    for (let count = 0; count < BATCH; count++) subscriber.next(KIB);
    given += BATCH;
    if (given < COUNT) next = globalThis.setImmediate(batch);
    else subscriber.complete();
  };
  next = globalThis.setImmediate(batch);
  return () => {
    clearImmediate(next);
  };
});

/** Values that come all at once, while the source is being subscribed. */
const burst = new Observable<string>((subscriber) => {
  for (let given = 0; given < COUNT; given++) subscriber.next(KIB);
  subscriber.complete();
});

/** Values that come all at once, later. */
const lateBurst = new Observable<string>((subscriber) => {
  const late = globalThis.setImmediate(() => {
    for (let given = 0; given < COUNT; given++) subscriber.next(KIB);
    subscriber.complete();
  });
  return () => {
    clearImmediate(late);
  };
});

describe('A client that leaves', () => {
  it('while nothing comes ends the subscription, without the help of a heartbeat', async () => {
    const feed = producer<string>();
    const { url } = await webServer((request) => toSseResponse(feed.source, { request, heartbeat: 0 }));
    const controller = new AbortController();
    const { body } = await fetch(url, { signal: controller.signal });
    await body?.getReader().read();
    await feed.observedBy(1);
    controller.abort();
    await feed.observedBy(0);
  });

  it('while the response waits for its first value ends the subscription', async () => {
    const feed = producer<string>();
    const { url } = await webServer((request) => toSseResponse(feed.source, { request, awaitFirst: true }));
    const { leave } = absentClient(url);
    await feed.observedBy(1);
    leave();
    await feed.observedBy(0);
  });

  it('behind a megabyte of a request that is not read ends the subscription by the next heartbeat', async () => {
    const feed = producer<string>();
    const { url } = await webServer(() => toSseResponse(feed.source, { heartbeat: 50 }));
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    const megabyte = 'x'.repeat(1024 * 1024);
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${megabyte.length}\r\n\r\n${megabyte}`);
    await feed.observedBy(1);
    socket.destroy();
    await feed.observedBy(0);
  });

  it('while values wait for it ends the subscription', async () => {
    const feed = producer<string>();
    const { url } = await webServer(() => toChunkedResponse(feed.source, { maxBufferedBytes: Infinity }));
    const { leave } = absentClient(url);
    await feed.observedBy(1);
    for (let count = 0; count < 32 * 1024; count++) feed.next(KIB);
    await macrotasks();
    leave();
    await feed.observedBy(0);
  });

  it('leaves nothing behind, two hundred of them at whatever moment', async () => {
    const { signal } = new AbortController();
    let joined = 0;
    let observers = 0;
    const source = new Observable<string>((subscriber) => {
      joined++;
      observers++;
      const ticking = setInterval(() => {
        subscriber.next(KIB.repeat(100));
      });
      return () => {
        observers--;
        clearInterval(ticking);
      };
    });
    const { url } = await webServer((request) => toSseResponse(source, { request, signal, heartbeat: 1 }));
    await Promise.all(
      Array.from({ length: 200 }, async (_, client) => {
        const controller = new AbortController();
        const visit = async (): Promise<void> => {
          const { body } = await fetch(url, { signal: controller.signal });
          const reader = body!.getReader();
          for (let reads = 0; reads < client % 5; reads++) await reader.read();
          controller.abort();
        };
        if (client % 8 === 7) {
          const visiting = visit();
          await macrotasks();
          controller.abort();
          await visiting.catch(() => undefined);
        } else {
          await visit();
        }
      }),
    );
    while (observers > 0) await setImmediate();
    expect(joined).toBeGreaterThan(100);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('HEAD', () => {
  it('gets the headers and leaves the source alone', async () => {
    const feed = producer('a');
    const { url } = await webServer((request) => toSseResponse(feed.source, { request }));
    const response = await fetch(url, { method: 'HEAD' });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toBe('');
    await macrotasks();
    expect(feed.subscriptions()).toBe(0);
  });

  it('leaves the source alone even where the response does not know of it', async () => {
    const feed = producer('a');
    const { url } = await webServer(() => toSseResponse(feed.source));
    await (await fetch(url, { method: 'HEAD' })).text();
    await macrotasks();
    expect(feed.subscriptions()).toBe(0);
  });
});

describe('A client that does not read', () => {
  it('is cut off by a server whose memory does not grow', { timeout: 60_000 }, async () => {
    const server = spawn(process.execPath, [
      '--expose-gc',
      '--import=tsx',
      fileURLToPath(new URL('../support/floodingServer.ts', import.meta.url)),
    ]);
    onTestFinished(() => {
      server.kill();
    });
    const complaints = text(server.stderr);
    const [url] = (await once(server.stdout, 'data')) as [Buffer];
    const report = text(server.stdout);
    absentClient(url.toString().trim());
    const { given, growth, error } = JSON.parse(await report) as Record<string, unknown>;
    expect(error).toBe('StreamOverflowError');
    expect(given).toBeLessThan(COUNT);
    expect(growth).toBeLessThan(32 * 1024 * 1024);
    expect(await complaints).toBe('');
  });

  it('holds an async generator back, and ends it by leaving', async () => {
    const { source, heldBack, pulled, left } = pulledFlood();
    const { url } = await webServer(() => toChunkedResponse(source));
    const { leave } = absentClient(url);
    await heldBack();
    expect(pulled()).toBeLessThan(BUFFERS);
    leave();
    await left;
  });

  it('is cut off where its server does not wait any longer', async () => {
    const feed = producer<string>();
    const server = await webServer(() => toChunkedResponse(feed.source, { stallTimeout: 200 }));
    absentClient(server.url);
    await feed.observedBy(1);
    // More than the sockets take, less than may wait.
    for (let count = 0; count < 14; count++) {
      feed.next('.'.repeat(1024 * 1024));
      await macrotasks();
    }
    await feed.observedBy(0);
    const { disconnected } = await server.exchange(1);
    await disconnected;
  });
});

describe('A client that reads', () => {
  describe.each([
    ['an asynchronous flood', flood],
    ['a burst while the source is subscribed', burst],
    ['a burst later on', lateBurst],
  ])('gets all 100 000 values of %s', (_, source) => {
    it.each([1, 2, 3])('(run %i)', { timeout: 60_000 }, async () => {
      const { url } = await webServer((request) => toChunkedResponse(source, { request }));
      const { body } = await fetch(url);
      let size = 0;
      const reader = body!.getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) size += read.value.length;
      expect(size).toBe(COUNT * KIB.length);
    });
  });

  it('gets its first value before the second is made', async () => {
    const feed = producer('a');
    const { url } = await webServer((request) => toNdjsonResponse(feed.source, { request }));
    const reader = (await fetch(url)).body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('"a"\n');
    feed.next('b');
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('"b"\n');
    await reader.cancel();
    await feed.observedBy(0);
  });
});

describe('A source that fails after three values', () => {
  const failing = concat(
    of('a', 'b', 'c'),
    throwError(() => new Error('secret')),
  );
  const later = new Observable<string>((subscriber) => {
    const values = ['a', 'b', 'c'];
    const step = (): void => {
      const value = values.shift();
      if (value === undefined) {
        subscriber.error(new Error('secret'));
      } else {
        subscriber.next(value);
        next = globalThis.setImmediate(step);
      }
    };
    let next = globalThis.setImmediate(step);
    return () => {
      clearImmediate(next);
    };
  });
  async function* generated(): AsyncGenerator<string> {
    for (const value of ['a', 'b', 'c']) yield await Promise.resolve(value);
    throw new Error('secret');
  }

  const sources: [string, () => ObservableInput<string>][] = [
    ['at once', () => failing],
    ['later', () => later],
    ['as an async generator', generated],
  ];

  it.each(sources)('is seen to fail by fromEventSource, after all three (%s)', async (_, source) => {
    const { url } = await webServer(() => toSseResponse(source()));
    const { values, completed, error } = await finalOutcomeOf(fromEventSource(url, { reconnect: false }));
    expect(values.map(({ data }) => data)).toEqual(['a', 'b', 'c']);
    expect(completed).toBe(false);
    expect(error).toMatchObject({ name: 'StreamServerError' });
    expect((error as Error).message).toContain('Internal error');
  });

  it.each(sources)('is seen as a cut by fromNdjsonFetch, after all three (%s)', async (_, source) => {
    const { url } = await webServer(() => toNdjsonResponse(source()));
    expect(await finalOutcomeOf(fromNdjsonFetch(url))).toMatchObject({
      values: ['a', 'b', 'c'],
      completed: false,
      error: { name: 'StreamNetworkError', phase: 'body' },
    });
  });

  it.each(sources)('is seen to fail by fromNdjsonFetch that reads notifications (%s)', async (_, source) => {
    const { url } = await webServer(() => toNdjsonResponse(source(), { terminal: 'notification' }));
    expect(await finalOutcomeOf(fromNdjsonFetch(url, { terminal: 'notification' }))).toMatchObject({
      values: ['a', 'b', 'c'],
      completed: false,
      error: { name: 'StreamServerError' },
    });
  });

  it.each(sources)(
    'is seen as a cut by fromChunkedFetch and by a plain reader, after all three (%s)',
    async (_, source) => {
      const { url } = await webServer(() => toChunkedResponse(source()));
      const { values, error } = await finalOutcomeOf(fromChunkedFetch(url));
      expect(values.join('')).toBe('abc');
      expect(error).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
      expect(await received(await fetch(url))).toEqual({ text: 'abc', cut: true });
    },
  );

  it('is no secret from whoever reads the event stream as it is, but for what it says', async () => {
    const { url } = await webServer(() => toSseResponse(failing));
    const { text: raw, cut } = await received(await fetch(url));
    expect(cut).toBe(true);
    expect(raw).not.toContain('secret');
    expect(referenceSse(raw).messages.map(({ data }) => data)).toEqual(['a', 'b', 'c']);
  });

  it('fails before the first value as a response with awaitFirst', async () => {
    const refusal = Object.assign(new Error('secret'), { status: 503 });
    const { url } = await webServer(() =>
      toNdjsonResponse(
        throwError(() => refusal),
        { awaitFirst: true },
      ),
    );
    const { completed, error } = await finalOutcomeOf(fromNdjsonFetch(url));
    expect(completed).toBe(false);
    expect(error).toMatchObject({ name: 'HttpStatusError', status: 503, body: 'Internal error' });
  });
});

describe('A server that shuts down', () => {
  it('cuts its clients off, and they see a cut', async () => {
    const feed = producer('a');
    const controller = new AbortController();
    const { url } = await webServer(() => toSseResponse(feed.source, { signal: controller.signal }));
    const outcome = finalOutcomeOf(fromEventSource(url, { reconnect: false }));
    await feed.observedBy(1);
    await macrotasks();
    controller.abort();
    await feed.observedBy(0);
    const { completed, error } = await outcome;
    expect(completed).toBe(false);
    expect(error).toBeInstanceOf(Error);
  });
});

describe('A stream that two hundred clients share', () => {
  it('is encoded once', { timeout: 60_000 }, async () => {
    const clients = 200;
    let encoded = 0;
    let joined = 0;
    const feed = producer<{ data: { toJSON: () => number } }>();
    const shared = feed.source.pipe(formatSse(), encodeText(), share());
    const { url } = await webServer((request) =>
      toSseResponse(
        () =>
          defer(() => {
            joined++;
            return shared;
          }),
        { request },
      ),
    );
    const texts = Array.from({ length: clients }, async () => (await received(await fetch(url))).text);
    while (joined < clients) await setImmediate();
    for (let n = 0; n < 10; n++) {
      const data = {
        toJSON: () => {
          encoded++;
          return n;
        },
      };
      feed.next({ data });
      await setImmediate();
    }
    feed.complete();
    for (const whole of await Promise.all(texts)) {
      expect(
        referenceSse(whole)
          .messages.map(({ data }) => data)
          .join(),
      ).toBe('0,1,2,3,4,5,6,7,8,9');
    }
    expect(encoded).toBe(10);
    expect(feed.subscriptions()).toBe(1);
  });
});
