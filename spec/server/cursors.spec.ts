import { AsyncLocalStorage } from 'node:async_hooks';
import { Subject, map } from 'rxjs';
import { StreamGapError, toChunkedBody, toNdjsonBody, toSseBody, toSseResponse } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { bodyEnds } from '../support/bodyEnds';
import { fakeFeed } from '../support/fakeFeed';
import { drained } from '../support/drained';
import { settling, textReader } from '../support/textReader';
import { unhandledErrors } from '../support/unhandledErrors';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, timers, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();
virtualTime();

const OPENING = ':rxjs-http-streams\n\n';
const END = ':rxjs-http-streams end\n\n';
const CHUNK = 64 * 1024;
const KIB = 1024;

const block = (text: string): Uint8Array => new TextEncoder().encode(`data: ${text}\n\n`);
const ofSize = (size: number): Uint8Array => block('x'.repeat(size - 8));
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

const { ends, onEnd } = bodyEnds();

describe('The body of a feed with a cursor', () => {
  it('opens the cursor when it is first read, once, and never subscribes', async () => {
    const { feed, calls, add } = fakeFeed();
    add(block('a'));
    const { read, cancel } = textReader(toSseBody(feed));
    await elapse(100);
    expect(calls).toEqual([]);
    expect(await read()).toBe(OPENING);
    expect(await read()).toBe('data: a\n\n');
    add(block('b'));
    expect(await read()).toBe('data: b\n\n');
    await cancel();
    expect(calls.filter((call) => call === 'open')).toHaveLength(1);
    expect(calls).not.toContain('subscribe');
  });

  it('sends its first byte before anything is taken, and takes a chunk for each read', async () => {
    const { feed, calls, add } = fakeFeed();
    for (let count = 0; count < 200; count++) add(ofSize(KIB));
    const { read } = textReader(toSseBody(feed));
    expect(await read()).toBe(OPENING);
    expect(calls).toEqual(['open']);
    for (const kibs of [64, 64, 64, 8]) expect((await read())?.length).toBe(kibs * KIB);
    expect(calls).toEqual(['open', ...Array.from({ length: 4 }, () => `take ${CHUNK}`)]);
  });

  it('gives the bytes that all clients share as they are', async () => {
    const { feed, add } = fakeFeed();
    const readers = [1, 2, 3].map(() => toSseBody(feed).getReader());
    await Promise.all(readers.map((reader) => reader.read()));
    const reads = readers.map((reader) => reader.read());
    await elapse(0);
    const shared = block('a');
    add(shared);
    for (const { value } of await Promise.all(reads)) expect(value).toBe(shared);
    expect(text(shared)).toBe('data: a\n\n');
  });

  it('takes as soon as there is something for a read that waits, and otherwise with the next read', async () => {
    const { feed, calls, add } = fakeFeed();
    const { read } = textReader(toSseBody(feed));
    await read();
    const waiting = read();
    await elapse(0);
    add(block('a'));
    add(block('b'));
    add(block('c'));
    expect(await waiting).toBe('data: a\n\n');
    const takes = calls.length;
    await elapse(1_000);
    expect(calls).toHaveLength(takes);
    expect(await read()).toBe('data: b\n\ndata: c\n\n');
  });

  it('answers reads that were made ahead in their order', async () => {
    const { feed, add, end } = fakeFeed();
    const { read } = textReader(toSseBody(feed));
    const reads = Promise.all([read(), read(), read(), read(), read()]);
    await elapse(0);
    for (const value of ['a', 'b']) {
      add(block(value));
      await elapse(0);
    }
    end({ failed: false });
    expect(await reads).toEqual([OPENING, 'data: a\n\n', 'data: b\n\n', END, undefined]);
  });

  it('is not disturbed by a cursor that wakes it for nothing, at whatever moment', async () => {
    const { feed, calls, add, wake } = fakeFeed({
      open: (wakeNow) => {
        wakeNow();
      },
    });
    const { read } = textReader(toSseBody(feed));
    expect(await read()).toBe(OPENING);
    wake();
    const waiting = settling(read());
    await elapse(0);
    wake();
    wake();
    await elapse(0);
    expect(waiting()).toBe('pending');
    add(block('a'));
    await elapse(0);
    expect(waiting()).toBe('data: a\n\n');
    expect(calls).not.toContain('close');
  });

  it('is that of what a source function gives for the Last-Event-ID', async () => {
    const { feed, calls, add } = fakeFeed();
    add(block('a'));
    const asked: unknown[] = [];
    const request = new Request('http://localhost/', { headers: { 'last-event-id': '7' } });
    const source = (lastEventId?: string): typeof feed => {
      asked.push(lastEventId);
      return feed;
    };
    const { read } = textReader(toSseBody(source, { request }));
    await read();
    expect(await read()).toBe('data: a\n\n');
    expect(asked).toEqual(['7']);
    expect(calls).not.toContain('subscribe');
  });

  it.each([
    ['toChunkedBody', toChunkedBody, 'pushed'],
    ['toNdjsonBody', toNdjsonBody<string>, '"pushed"\n'],
  ])('is subscribed as any other in another format, by %s', async (_, make, expected) => {
    const { feed, calls } = fakeFeed();
    expect((await drained(make(feed))).text).toBe(expected);
    expect(calls).toEqual(['subscribe']);
  });

  it('is subscribed as any other where an operator stands behind the feed', async () => {
    const { feed, calls } = fakeFeed();
    const { text: all } = await drained(toSseBody(feed.pipe(map((data) => ({ data })))));
    expect(all).toBe(`${OPENING}data: pushed\n\n${END}`);
    expect(calls).toEqual(['subscribe']);
  });

  it('keeps a client alive by heartbeats while there is nothing', async () => {
    const { feed, add, calls } = fakeFeed();
    const { read, cancel } = textReader(toSseBody(feed));
    await read();
    let waiting = settling(read());
    await elapse(4_999);
    expect(waiting()).toBe('pending');
    await elapse(1);
    expect(waiting()).toBe(':\n\n');
    waiting = settling(read());
    await elapse(3_000);
    add(block('a'));
    await elapse(0);
    expect(waiting()).toBe('data: a\n\n');
    waiting = settling(read());
    await elapse(4_999);
    expect(waiting()).toBe('pending');
    await elapse(1);
    expect(waiting()).toBe(':\n\n');
    expect(timers()).toBe(1);
    await cancel();
    expect(calls.at(-1)).toBe('close');
    expect(timers()).toBe(0);
  });
});

describe('The end of a feed with a cursor', () => {
  it('completes the body, after all that was before it', async () => {
    const { feed, calls, add, end } = fakeFeed();
    add(block('a'), block('b'));
    end({ failed: false });
    expect((await drained(toSseBody(feed, { endMarker: '[DONE]', onEnd }))).text).toBe(
      `${OPENING}data: a\n\ndata: b\n\ndata: [DONE]\n\n${END}`,
    );
    expect(ends).toMatchObject([{ outcome: 'completed', messages: 2 }]);
    expect(calls.filter((call) => call === 'close')).toHaveLength(1);
    expect(timers()).toBe(0);
  });

  it('reaches a client that waits', async () => {
    const { feed, end } = fakeFeed();
    const { read } = textReader(toSseBody(feed));
    await read();
    const waiting = read();
    await elapse(0);
    end({ failed: false });
    expect(await waiting).toBe(END);
    expect(await read()).toBeUndefined();
  });

  it('fails the body as that of any source does, in public words, 50 ms later', async () => {
    const { feed, calls, add, end } = fakeFeed();
    const reason = new Error('the secret');
    const { read } = textReader(toSseBody(feed, { mapError: () => 'closed', onEnd }));
    await read();
    add(block('a'));
    expect(await read()).toBe('data: a\n\n');
    const waiting = read();
    await elapse(0);
    end({ failed: true, error: reason });
    expect(await waiting).toBe(':rxjs-http-streams error closed\n\n');
    const last = settling(read());
    await elapse(49);
    expect(last()).toBe('pending');
    await elapse(1);
    expect(last()).toBe(reason);
    expect(ends).toMatchObject([{ outcome: 'failed', error: reason, messages: 1 }]);
    expect(calls.filter((call) => call === 'close')).toHaveLength(1);
    expect(timers()).toBe(0);
  });

  it.each(['open', 'take'] as const)('is that of this client alone where %s throws', async (which) => {
    const bug = new Error('a bug');
    const { feed, add } = fakeFeed({
      [which]: () => {
        throw bug;
      },
    });
    add(block('a'));
    const all = drained(toSseBody(feed, { onEnd }));
    await elapse(50);
    expect(await all).toMatchObject({
      text: `${OPENING}:rxjs-http-streams error Internal error\n\n`,
      error: bug,
    });
    expect(ends).toMatchObject([{ outcome: 'failed', error: bug }]);
    expect(timers()).toBe(0);
  });

  it('is that of this client alone where a take throws after a wake', async () => {
    let broken = false;
    const bug = new Error('a bug');
    const { feed, add } = fakeFeed({
      take: () => {
        if (broken) throw bug;
      },
    });
    const { read } = textReader(toSseBody(feed));
    await read();
    const waiting = read();
    await elapse(0);
    broken = true;
    expect(() => {
      add(block('a'));
    }).not.toThrow();
    expect(await waiting).toBe(':rxjs-http-streams error Internal error\n\n');
  });
});

describe('A client of a feed with a cursor that leaves', () => {
  const ways: Record<string, (cancel: () => Promise<void>, controller: AbortController) => unknown> = {
    cancelling: (cancel) => cancel(),
    'aborting the request': (_, controller) => {
      controller.abort();
    },
  };

  it.each(Object.entries(ways))('by %s closes the cursor, once', async (_, leave) => {
    const { feed, calls, add, wake } = fakeFeed();
    const controller = new AbortController();
    const request = new Request('http://localhost/', { signal: controller.signal });
    const { read, cancel } = textReader(toSseBody(feed, { request, onEnd }));
    await read();
    const waiting = settling(read());
    await elapse(0);
    await leave(cancel, controller);
    await elapse(50);
    expect(waiting()).not.toBe('pending');
    expect(calls.filter((call) => call === 'close')).toHaveLength(1);
    const before = calls.length;
    add(block('a'));
    wake();
    expect(calls).toHaveLength(before);
    expect(ends).toMatchObject([{ outcome: 'left', messages: 0, bytes: OPENING.length }]);
    expect(timers()).toBe(0);
  });

  it('is counted with what it was given', async () => {
    const { feed, add } = fakeFeed();
    add(...Array.from({ length: 100 }, () => ofSize(KIB)));
    const { read, cancel } = textReader(toSseBody(feed, { onEnd }));
    for (let reads = 0; reads < 2; reads++) await read();
    await cancel();
    expect(ends).toMatchObject([{ outcome: 'left', messages: 64, bytes: OPENING.length + 64 * KIB }]);
  });

  it('closes the cursor in the context of the body', async () => {
    const storage = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const { feed } = fakeFeed({
      open: () => seen.push(`open: ${storage.getStore()}`),
      close: () => seen.push(`close: ${storage.getStore()}`),
    });
    const { read, cancel } = textReader(storage.run('the request', () => toSseBody(feed)));
    await storage.run('the server', read);
    await storage.run('the server', cancel);
    expect(seen).toEqual(['open: the request', 'close: the request']);
  });

  it('is told of what closing throws', async () => {
    const bug = new Error('in close');
    const reported = unhandledErrors();
    const { feed } = fakeFeed({
      close: () => {
        throw bug;
      },
    });
    const { read, cancel } = textReader(toSseBody(feed, { onEnd }));
    await read();
    await cancel();
    await elapse(0);
    expect(ends).toMatchObject([{ outcome: 'left', error: bug }]);
    expect(reported).toEqual([bug]);
  });

  it('is cut off by the signal of the application', async () => {
    const { feed, calls } = fakeFeed();
    const controller = new AbortController();
    const { read } = textReader(toSseBody(feed, { signal: controller.signal, onEnd }));
    await read();
    const waiting = settling(read());
    await elapse(0);
    const reason = new Error('shutting down');
    controller.abort(reason);
    await elapse(0);
    expect(waiting()).toBe(reason);
    expect(calls.at(-1)).toBe('close');
    expect(ends).toMatchObject([{ outcome: 'aborted', error: reason }]);
  });
});

describe('A client of a feed with a cursor that does not read', () => {
  it.each([
    ['as long as stallTimeout says', { stallTimeout: 1_000 }, 1_000],
    ['as long as stallTimeout says, without heartbeats', { stallTimeout: 1_000, heartbeat: 0 }, 1_000],
    ['30 s', {}, 30_000],
  ])('is cut off after %s, or at most a quarter of that later', async (_, options, limit) => {
    const { feed, calls, add } = fakeFeed();
    add(...Array.from({ length: 100 }, () => ofSize(KIB)));
    const { read } = textReader(toSseBody(feed, { ...options, onEnd }));
    await read();
    await read();
    await elapse(limit - 1);
    expect(ends).toEqual([]);
    await elapse(limit / 4 + 1);
    expect(ends).toMatchObject([{ outcome: 'stalled', error: { name: 'StreamOverflowError', limit } }]);
    await expect(read()).rejects.toMatchObject({ name: 'StreamOverflowError' });
    expect(calls.at(-1)).toBe('close');
    expect(timers()).toBe(0);
  });

  it('stays as long as there is nothing for it', async () => {
    const { feed, add } = fakeFeed();
    add(block('a'));
    const { read, cancel } = textReader(toSseBody(feed, { stallTimeout: 1_000, onEnd }));
    for (let reads = 0; reads < 2; reads++) await read();
    await elapse(60_000);
    add(block('b'));
    await elapse(900);
    expect(ends).toEqual([]);
    expect(await read()).toBe('data: b\n\n');
    await cancel();
  });

  it('has all of its time again after each read', async () => {
    const { feed, add } = fakeFeed();
    add(...Array.from({ length: 300 }, () => ofSize(KIB)));
    const { read, cancel } = textReader(toSseBody(feed, { stallTimeout: 1_000, onEnd }));
    await read();
    for (let reads = 0; reads < 4; reads++) {
      await elapse(999);
      expect((await read())?.length).toBe(64 * KIB);
    }
    expect(ends).toEqual([]);
    await cancel();
  });

  it('may stay away where there is no limit, with no timer at all', async () => {
    const { feed, add } = fakeFeed();
    add(ofSize(100 * KIB), block('a'));
    const { read, cancel } = textReader(toSseBody(feed, { stallTimeout: Infinity, heartbeat: 0, onEnd }));
    for (let reads = 0; reads < 2; reads++) await read();
    expect(timers()).toBe(0);
    await elapse(86_400_000);
    expect(await read()).toBe('data: a\n\n');
    await cancel();
  });
});

describe('A client of a feed with a cursor that takes all at once', () => {
  it('lets others have their turn after every 2 MiB', async () => {
    const { feed, add, end } = fakeFeed();
    add(...Array.from({ length: 5 * 1024 }, () => ofSize(KIB)));
    end({ failed: false });
    const { read, cancel } = textReader(toSseBody(feed));
    let size = 0;
    const all = (async () => {
      for (let chunk = await read(); chunk !== undefined; chunk = await read()) size += chunk.length;
    })();
    // All promises, and no timer.
    for (let tasks = 0; tasks < 2_000; tasks++) await Promise.resolve();
    expect(size).toBe(2 * KIB * KIB + OPENING.length);
    await elapse(10);
    await all;
    expect(size).toBe(5 * KIB * KIB + (OPENING + END).length);
    await cancel();
  });
});

describe('A response that waits for the first message of a feed with a cursor', () => {
  const asked = (feed: ReturnType<typeof fakeFeed>['feed'], options = {}): Promise<Response> =>
    toSseResponse(feed, { awaitFirst: true, onEnd, ...options });

  it('has taken the message by then, which is the first that its reader gets', async () => {
    const { feed, calls, add } = fakeFeed();
    add(ofSize(40 * KIB), ofSize(40 * KIB), block('last'));
    const response = await asked(feed);
    expect(response.status).toBe(200);
    expect(calls).toEqual(['open', `take ${CHUNK}`]);
    const { read, cancel } = textReader(response.body!);
    expect(await read()).toBe(OPENING);
    expect((await read())?.length).toBe(80 * KIB);
    expect(await read()).toBe('data: last\n\n');
    await cancel();
    expect(ends).toMatchObject([{ messages: 3, bytes: OPENING.length + 80 * KIB + 12 }]);
  });

  it('waits until there is one', async () => {
    const { feed, add } = fakeFeed();
    const response = settling(asked(feed));
    await elapse(1_000);
    expect(response()).toBe('pending');
    add(block('a'));
    await elapse(0);
    const { body } = response() as Response;
    const { read, cancel } = textReader(body!);
    expect([await read(), await read()]).toEqual([OPENING, 'data: a\n\n']);
    await cancel();
  });

  it('takes a block without a message for none, and gives it to the reader first', async () => {
    const { feed, add } = fakeFeed({ priming: new TextEncoder().encode('id: 7\n\n') });
    const response = settling(asked(feed));
    await elapse(1_000);
    expect(response()).toBe('pending');
    add(block('a'));
    await elapse(0);
    const { read, cancel } = textReader((response() as Response).body!);
    expect([await read(), await read()]).toEqual([OPENING, 'id: 7\n\n']);
    expect(await read()).toBe('data: a\n\n');
    await cancel();
    expect(ends).toMatchObject([{ messages: 1 }]);
  });

  it('does not count a message as given that was taken, but not read', async () => {
    const { feed, add } = fakeFeed({ priming: new TextEncoder().encode('id: 7\n\n') });
    add(block('a'));
    const { read, cancel } = textReader((await asked(feed)).body!);
    expect([await read(), await read()]).toEqual([OPENING, 'id: 7\n\n']);
    await cancel();
    expect(ends).toMatchObject([{ outcome: 'left', messages: 0, bytes: OPENING.length + 7 }]);
  });

  it('does not wait for a client that is known to go on from where it is', async () => {
    const { feed, add } = fakeFeed({ isPlaced: true });
    const response = await asked(feed);
    expect(response.status).toBe(200);
    const { read, cancel } = textReader(response.body!);
    await read();
    const waiting = read();
    await elapse(0);
    add(block('a'));
    expect(await waiting).toBe('data: a\n\n');
    await cancel();
  });

  it.each([false, true])(
    'is a 204 without a body where the feed has ended (placed: %s)',
    async (isPlaced) => {
      const { feed, calls, end } = fakeFeed({ isPlaced });
      end({ failed: false });
      const response = await asked(feed);
      expect(response).toMatchObject({ status: 204, body: null });
      expect(response.headers.get('cache-control')).toBe('no-store');
      await elapse(0);
      expect(calls.at(-1)).toBe('close');
      expect(ends).toMatchObject([{ outcome: 'completed', messages: 0, bytes: 0 }]);
      expect(timers()).toBe(0);
    },
  );

  it('is a 204 where the feed ends before there was any', async () => {
    const { feed, end } = fakeFeed({ priming: new TextEncoder().encode('id: 7\n\n') });
    const response = settling(asked(feed));
    await elapse(1_000);
    end({ failed: false });
    await elapse(0);
    expect(response()).toMatchObject({ status: 204, body: null });
    expect(timers()).toBe(0);
  });

  it('is a whole body where the feed has ended after what the client has missed', async () => {
    const { feed, add, end } = fakeFeed();
    add(block('a'));
    end({ failed: false });
    const response = await asked(feed);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(`${OPENING}data: a\n\n${END}`);
  });

  it.each(['before', 'after'])('is a refusal where the feed has failed (%s it was asked)', async (when) => {
    const { feed, calls, end } = fakeFeed();
    const failure = { failed: true, error: new StreamGapError({ lastEventId: '7' }) };
    if (when === 'before') end(failure);
    const response = settling(asked(feed, { mapError: () => 'gone' }));
    await elapse(0);
    if (when === 'after') end(failure);
    await elapse(0);
    expect(response()).toMatchObject({ status: 410 });
    expect(await (response() as Response).text()).toBe('gone');
    expect(calls.at(-1)).toBe('close');
    expect(ends).toMatchObject([{ outcome: 'failed', error: failure.error }]);
    expect(timers()).toBe(0);
  });

  it.each(['open', 'take'] as const)('is a refusal where %s throws', async (which) => {
    const { feed, add } = fakeFeed({
      [which]: () => {
        throw new Error('a bug');
      },
    });
    add(block('a'));
    expect(await asked(feed)).toMatchObject({ status: 500 });
    expect(timers()).toBe(0);
  });

  it('ends with the request, and leaves nothing behind', async () => {
    const { feed, calls } = fakeFeed();
    const controller = new AbortController();
    const request = new Request('http://localhost/', { signal: controller.signal });
    const response = settling(asked(feed, { request }));
    await elapse(0);
    controller.abort();
    await elapse(50);
    expect(response()).toMatchObject({ status: 500 });
    expect(calls.at(-1)).toBe('close');
    expect(timers()).toBe(0);
  });

  it('opens no cursor for HEAD', async () => {
    const { feed, calls } = fakeFeed();
    const request = new Request('http://localhost/', { method: 'HEAD' });
    expect((await asked(feed, { request })).body).toBeNull();
    expect(calls).toEqual([]);
  });

  it('leaves a source without a cursor as it is: its end is an empty body', async () => {
    const subject = new Subject<string>();
    const response = toSseResponse(subject, { awaitFirst: true });
    subject.complete();
    expect(await response.then((whole) => whole.status)).toBe(200);
    expect(await (await response).text()).toBe(OPENING + END);
  });
});
