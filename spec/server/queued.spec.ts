import { Observable, Subject, of } from 'rxjs';
import {
  StreamOverflowError,
  toChunkedBody,
  toChunkedResponse,
  toNdjsonBody,
  toSseBody,
} from 'rxjs-http-streams';
import type { ChunkedBodyOptions, NdjsonBodyOptions, SseBodyOptions } from 'rxjs-http-streams';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { producer } from '../support/producer';
import type { Producer } from '../support/producer';
import { settling, textReader } from '../support/textReader';
import type { TextReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, timers, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();
virtualTime();

afterEach(() => {
  vi.restoreAllMocks();
});

const KIB = 'x'.repeat(1024);
const MIB = 'x'.repeat(1024 * 1024);

interface Opened extends TextReader, Producer<string> {}

/** A body whose client has read once, so that its source runs, and then stops. */
async function opened(options?: ChunkedBodyOptions): Promise<Opened> {
  const feed = producer<string>('a');
  const reader = textReader(toChunkedBody(feed.source, options));
  expect(await reader.read()).toBe('a');
  return { ...feed, ...reader };
}

/** All that a client gets which reads again. */
async function rest({ read, complete }: Opened): Promise<string> {
  complete();
  let text = '';
  for (let chunk = await read(); chunk !== undefined; chunk = await read()) text += chunk;
  return text;
}

describe('Values of an Observable', () => {
  it('go out at once to a client that waits for them, each on its own', async () => {
    const { source, next } = producer<string>();
    const { read } = textReader(toChunkedBody(source));
    for (const value of ['a', 'b']) {
      const waiting = read();
      await elapse(0);
      next(value);
      expect(await waiting).toBe(value);
    }
    expect(timers()).toBe(0);
  });

  it('that came since the last read go out together, in their order', async () => {
    const feed = await opened();
    for (const value of ['b', 'c', 'd']) feed.next(value);
    expect(await feed.read()).toBe('bcd');
  });

  it('leave in chunks of 64 KiB', async () => {
    const feed = await opened();
    for (let count = 0; count < 150; count++) feed.next(KIB);
    for (const kibs of [64, 64, 22]) expect((await feed.read())?.length).toBe(kibs * 1024);
  });

  it('end a chunk with the one that fills it', async () => {
    const feed = await opened();
    for (const letter of ['b', 'c', 'd']) feed.next(letter.repeat(40 * 1024));
    expect(await feed.read()).toBe('b'.repeat(40 * 1024) + 'c'.repeat(40 * 1024));
  });

  it('answer reads that were made ahead in their order', async () => {
    const { source, next, complete } = producer<string>();
    const { read } = textReader(toChunkedBody(source));
    const reads = Promise.all([read(), read(), read(), read()]);
    await elapse(0);
    for (const value of ['a', 'b', 'c']) {
      next(value);
      await elapse(0);
    }
    complete();
    expect(await reads).toEqual(['a', 'b', 'c', undefined]);
  });

  it('leave in one chunk when they come at once, to a reader that waits too', async () => {
    const { source, next } = producer<string>();
    const { read } = textReader(toChunkedBody(source));
    const first = read();
    await elapse(0);
    for (const value of ['a', 'b', 'c']) next(value);
    expect(await first).toBe('abc');
  });

  it('are encoded together', async () => {
    const feed = await opened();
    const encode = vi.spyOn(TextEncoder.prototype, 'encode');
    for (const value of ['b', 'c', 'd']) feed.next(value);
    await feed.read();
    expect(encode).toHaveBeenCalledTimes(1);
  });

  it('are not encoded again where they are bytes, nor copied', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const encode = vi.spyOn(TextEncoder.prototype, 'encode');
    for (const make of [toChunkedBody<Uint8Array>, toNdjsonBody<Uint8Array>]) {
      const subject = new Subject<Uint8Array>();
      const reader = make(subject).getReader();
      const waiting = reader.read();
      await elapse(0);
      subject.next(bytes);
      expect((await waiting).value).toBe(bytes);
    }
    const subject = new Subject<Uint8Array>();
    const reader = toSseBody(subject).getReader();
    await reader.read();
    const waiting = reader.read();
    await elapse(0);
    encode.mockClear();
    subject.next(bytes);
    expect((await waiting).value).toBe(bytes);
    expect(encode).not.toHaveBeenCalled();
  });

  it('keep their order where some are text and some are bytes', async () => {
    const subject = new Subject<string | Uint8Array>();
    const { read } = textReader(toChunkedBody(subject));
    const first = read();
    await elapse(0);
    subject.next('é');
    expect(await first).toBe('é');
    for (const value of [
      'b',
      Uint8Array.of(0x31),
      Uint8Array.of(0x32, 0x33),
      'ö',
      'd',
      Uint8Array.of(0x34),
    ]) {
      subject.next(value);
    }
    expect(await read()).toBe('b123öd4');
  });

  it('keep their order where bytes follow text at once, to a reader that waits', async () => {
    const subject = new Subject<string | Uint8Array>();
    const { read } = textReader(toChunkedBody(subject));
    const waiting = read();
    await elapse(0);
    subject.next('a');
    subject.next(Uint8Array.of(0x31));
    expect(await waiting).toBe('a1');
  });

  it('that are empty go unnoticed', async () => {
    const subject = new Subject<string | Uint8Array>();
    const { read } = textReader(toChunkedBody(subject));
    const waiting = settling(read());
    await elapse(0);
    subject.next('');
    subject.next(new Uint8Array());
    await elapse(0);
    expect(waiting()).toBe('pending');
    expect(timers()).toBe(0);
    subject.next('a');
    await elapse(0);
    expect(waiting()).toBe('a');
  });
});

describe('A client that does not read', () => {
  it('is cut off 50 ms after the last read, when more waits than may', async () => {
    const feed = await opened({ maxBufferedBytes: 3 });
    for (const value of ['b', 'c', 'd', 'e']) feed.next(value);
    await elapse(49);
    await feed.observedBy(1);
    await elapse(1);
    await feed.observedBy(0);
    const error: unknown = await feed.read().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StreamOverflowError);
    expect(error).toMatchObject({ limit: 3, size: 4 });
    expect((error as Error).message).toContain('maxBufferedBytes 3');
    expect(timers()).toBe(0);
  });

  it('is not cut off for as much as may wait', async () => {
    const feed = await opened({ maxBufferedBytes: 3 });
    for (const value of ['b', 'c', 'd']) feed.next(value);
    await elapse(1_000);
    expect(await rest(feed)).toBe('bcd');
  });

  it('is cut off at once by what comes on top later', async () => {
    const feed = await opened({ maxBufferedBytes: 3 });
    for (const value of ['b', 'c', 'd']) feed.next(value);
    await elapse(50);
    feed.next('e');
    await expect(feed.read()).rejects.toMatchObject({ name: 'StreamOverflowError', size: 4 });
  });

  it('has another 50 ms after each read', async () => {
    const feed = await opened({ maxBufferedBytes: 1024 });
    for (let count = 0; count < 200; count++) feed.next(KIB);
    for (let reads = 0; reads < 3; reads++) {
      await elapse(49);
      expect((await feed.read())?.length).toBe(64 * 1024);
      for (let count = 0; count < 64; count++) feed.next(KIB);
    }
    await feed.observedBy(1);
    // It is looked for every 25 ms.
    await elapse(75);
    await feed.observedBy(0);
  });

  it('has another 50 ms after a read even where it was slow before', async () => {
    const feed = await opened({ maxBufferedBytes: 70 * 1024 });
    for (let count = 0; count < 70; count++) feed.next(KIB);
    await elapse(60);
    expect((await feed.read())?.length).toBe(64 * 1024);
    for (let count = 0; count < 100; count++) feed.next(KIB);
    await elapse(49);
    await feed.observedBy(1);
    await elapse(26);
    await feed.observedBy(0);
  });

  it('is held to account for what its last read has left', async () => {
    const feed = await opened({ maxBufferedBytes: 1024 });
    for (let count = 0; count < 100; count++) feed.next(KIB);
    expect((await feed.read())?.length).toBe(64 * 1024);
    await feed.observedBy(1);
    await elapse(75);
    await feed.observedBy(0);
  });

  it('may leave 8 MiB waiting by default, and not one byte more', async () => {
    const feed = await opened();
    for (let count = 0; count < 8; count++) feed.next(MIB);
    await elapse(50);
    await feed.observedBy(1);
    feed.next('x');
    await expect(feed.read()).rejects.toMatchObject({
      limit: 8 * 1024 * 1024,
      size: 8 * 1024 * 1024 + 1,
    });
  });

  it('may leave anything waiting where there is no limit', async () => {
    const feed = await opened({ maxBufferedBytes: Infinity });
    for (let count = 0; count < 20; count++) feed.next(MIB);
    await elapse(1_000);
    expect((await rest(feed)).length).toBe(20 * 1024 * 1024);
  });

  it('counts what it has taken no longer', async () => {
    const feed = await opened({ maxBufferedBytes: 3 });
    for (let round = 0; round < 4; round++) {
      for (const value of ['b', 'c', 'd']) feed.next(value);
      await elapse(60);
      expect(await feed.read()).toBe('bcd');
    }
  });

  it('is not held to account for what was emitted while its source was subscribed', async () => {
    const subject = new Subject<string>();
    const source = new Observable<string>((subscriber) => {
      for (let count = 0; count < 128; count++) subscriber.next(KIB);
      return subject.subscribe(subscriber);
    });
    const { read } = textReader(toChunkedBody(source, { maxBufferedBytes: 3 }));
    expect((await read())?.length).toBe(64 * 1024);
    await elapse(100);
    for (const value of ['a', 'b', 'c']) subject.next(value);
    await elapse(100);
    expect((await read())?.length).toBe(64 * 1024);
    expect(await read()).toBe('abc');
    for (const value of ['a', 'b', 'c', 'd']) subject.next(value);
    await elapse(75);
    await expect(read()).rejects.toMatchObject({ name: 'StreamOverflowError', limit: 3, size: 4 });
  });

  it('is not held to account for what was emitted while its response waited for the first value', async () => {
    const response = await toChunkedResponse(of(KIB, KIB), { awaitFirst: true, maxBufferedBytes: 1 });
    expect((await response.text()).length).toBe(2 * 1024);
  });

  it('is held to account for what comes on top of that', async () => {
    const subject = new Subject<string>();
    const source = new Observable<string>((subscriber) => {
      for (let count = 0; count < 128; count++) subscriber.next(KIB);
      return subject.subscribe(subscriber);
    });
    const { read } = textReader(toChunkedBody(source, { maxBufferedBytes: 3 }));
    await read();
    for (const value of ['a', 'b', 'c', 'd']) subject.next(value);
    await elapse(50);
    await expect(read()).rejects.toMatchObject({ limit: 3, size: 64 * 1024 + 4 });
  });

  it.each([
    ['30 s', undefined, 30_000],
    ['as long as stallTimeout says', 1_000, 1_000],
  ])('is cut off after %s with anything waiting', async (_, stallTimeout, limit) => {
    const feed = await opened({ stallTimeout });
    feed.next('b');
    await elapse(limit - 1);
    await feed.observedBy(1);
    await elapse(1);
    await feed.observedBy(0);
    await expect(feed.read()).rejects.toMatchObject({
      name: 'StreamOverflowError',
      message: `The reader is too slow for stallTimeout ${limit}, 1 wait`,
      limit,
      size: 1,
    });
    expect(timers()).toBe(0);
  });

  it('does not gain time for a stall by values that come meanwhile', async () => {
    const feed = await opened({ stallTimeout: 1_000 });
    for (let count = 0; count < 10; count++) {
      feed.next('b');
      await elapse(100);
    }
    await expect(feed.read()).rejects.toMatchObject({ limit: 1_000, size: 10 });
  });

  it('has all of its time again after a read that left something', async () => {
    const feed = await opened({ stallTimeout: 1_000 });
    for (let count = 0; count < 100; count++) feed.next(KIB);
    await elapse(999);
    expect((await feed.read())?.length).toBe(64 * 1024);
    await elapse(999);
    expect((await feed.read())?.length).toBe(36 * 1024);
  });

  it('may stay away for ten minutes where there is no limit', async () => {
    const feed = await opened({ stallTimeout: Infinity });
    feed.next('b');
    await elapse(600_000);
    expect(await rest(feed)).toBe('b');
  });

  it('is not cut off while nothing waits for it', async () => {
    const feed = await opened({ stallTimeout: 1_000 });
    feed.next('b');
    expect(await feed.read()).toBe('b');
    await elapse(86_400_000);
    feed.next('c');
    expect(await rest(feed)).toBe('c');
  });
});

describe('overflow', () => {
  it("'drop-oldest' keeps the newest that fit", async () => {
    const feed = await opened({ maxBufferedBytes: 3, overflow: 'drop-oldest' });
    for (const value of ['b', 'c', 'd', 'e', 'f']) feed.next(value);
    await elapse(50);
    for (const value of ['g', 'h']) feed.next(value);
    expect(await rest(feed)).toBe('fgh');
  });

  it("'drop-newest' keeps the oldest that fit", async () => {
    const feed = await opened({ maxBufferedBytes: 3, overflow: 'drop-newest' });
    for (const value of ['b', 'c', 'd', 'e', 'f']) feed.next(value);
    await elapse(50);
    for (const value of ['g', 'h']) feed.next(value);
    expect(await rest(feed)).toBe('bcd');
  });

  it.each(['drop-oldest', 'drop-newest'] as const)(
    '%s drops whole values, and none before 50 ms',
    async (overflow) => {
      const feed = await opened({ maxBufferedBytes: 5, overflow });
      for (const value of ['bb', 'cc', 'dd']) feed.next(value);
      await elapse(49);
      expect(await feed.read()).toBe('bbccdd');
      for (const value of ['bb', 'cc', 'dd']) feed.next(value);
      await elapse(75);
      expect(await rest(feed)).toBe(overflow === 'drop-oldest' ? 'ccdd' : 'bbcc');
    },
  );

  it.each(['drop-oldest', 'drop-newest'] as const)(
    '%s does not cut off a client for whom nothing is left',
    async (overflow) => {
      const feed = await opened({ maxBufferedBytes: 3, overflow, stallTimeout: 1_000 });
      feed.next('bbbb');
      await elapse(2_000);
      feed.next('c');
      expect(await rest(feed)).toBe('c');
    },
  );

  it('as a function is given what waits and what came last, and says what is left', async () => {
    const calls: unknown[] = [];
    const feed = await opened({
      maxBufferedBytes: 3,
      overflow: (queued, next) => {
        calls.push([...queued], next);
        return [...queued.slice(0, 1), next];
      },
    });
    for (const value of ['b', 'c', 'd', 'e']) feed.next(value);
    await elapse(50);
    expect(calls).toEqual([['b', 'c', 'd'], 'e']);
    feed.next('f');
    feed.next('g');
    expect(calls.slice(2)).toEqual([['b', 'e', 'f'], 'g']);
    expect(await rest(feed)).toBe('bg');
  });

  it('as a function may give values that never came, which are formatted, and keeps the frames of the others', async () => {
    const formatted: string[] = [];
    const named = (name: string): { toJSON: () => string } => ({
      toJSON: () => {
        formatted.push(name);
        return name;
      },
    });
    const subject = new Subject<{ toJSON: () => string }>();
    const options: NdjsonBodyOptions<{ toJSON: () => string }> = {
      maxBufferedBytes: 16,
      overflow: (queued, next) => [named('sum'), ...queued.slice(1, 2), next] as never,
    };
    const { read } = textReader(toNdjsonBody(subject, options));
    const first = read();
    await elapse(0);
    subject.next(named('a'));
    await first;
    for (const name of ['b', 'c', 'd', 'e', 'f']) subject.next(named(name));
    await elapse(50);
    expect(formatted).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'sum']);
    expect(await read()).toBe('"sum"\n"c"\n"f"\n');
  });

  it.each<[string, NonNullable<ChunkedBodyOptions['overflow']>, unknown]>([
    [
      'throws',
      () => {
        throw new Error('no idea');
      },
      { message: 'no idea' },
    ],
    [
      'leaves too much',
      (queued, next) => [...queued, next],
      { name: 'StreamOverflowError', limit: 3, size: 4 },
    ],
    ['gives what cannot be sent', () => [7 as never], { name: 'TypeError' }],
  ])('as a function that %s cuts the client off', async (_, overflow, error) => {
    const feed = await opened({ maxBufferedBytes: 3, overflow });
    for (const value of ['b', 'c', 'd', 'e']) feed.next(value);
    await elapse(50);
    await feed.observedBy(0);
    await expect(feed.read()).rejects.toMatchObject(error as object);
    expect(timers()).toBe(0);
  });

  it('as a function that leaves nothing does not cut the client off', async () => {
    const feed = await opened({ maxBufferedBytes: 3, overflow: () => [], stallTimeout: 1_000 });
    for (const value of ['b', 'c', 'd', 'e']) feed.next(value);
    await elapse(2_000);
    feed.next('f');
    expect(await rest(feed)).toBe('f');
  });

  it('can conflate by key', async () => {
    interface Quote {
      readonly symbol: string;
      readonly price: number;
    }
    const subject = new Subject<{ data: Quote }>();
    const options: SseBodyOptions = {
      maxBufferedBytes: 70,
      overflow: (queued, next) => [...queued.filter((one) => symbolOf(one) !== symbolOf(next)), next],
    };
    const symbolOf = (value: unknown): string => (value as { data: Quote }).data.symbol;
    const { read } = textReader(toSseBody(subject, options));
    await read();
    const first = read();
    const quote = (symbol: string, price: number): { data: Quote } => ({ data: { symbol, price } });
    subject.next(quote('A', 1));
    await first;
    subject.next(quote('A', 2));
    await elapse(50);
    subject.next(quote('B', 1));
    subject.next(quote('A', 3));
    expect(await read()).toBe('data: {"symbol":"B","price":1}\n\ndata: {"symbol":"A","price":3}\n\n');
  });
});

describe('A function as overflow', () => {
  it('is shown 4 096 values at the most, however little they are', async () => {
    let shown = 0;
    const feed = await opened({
      overflow: (queued, next) => {
        shown = Math.max(shown, queued.length + 1);
        return [...queued.slice(1), next];
      },
    });
    feed.next('b');
    await elapse(50);
    for (let count = 0; count < 4_500; count++) feed.next('c');
    expect(shown).toBe(4_097);
    expect((await rest(feed)).length).toBe(4_096);
  });

  it('may change the order of what waits', async () => {
    const feed = await opened({
      maxBufferedBytes: 3,
      overflow: (queued) => [...queued.slice(0, 3)].reverse(),
    });
    for (const value of ['b', 'c', 'd', 'e']) feed.next(value);
    await elapse(50);
    expect(await rest(feed)).toBe('dcb');
  });

  it.each([undefined, null, 5, { length: 1 }, 'b'])(
    'that gives %j cuts the client off, by name',
    async (kept) => {
      const feed = await opened({ maxBufferedBytes: 3, overflow: () => kept as never });
      for (const value of ['b', 'c', 'd', 'e']) feed.next(value);
      await elapse(50);
      await feed.observedBy(0);
      await expect(feed.read()).rejects.toThrow(/^overflow: expected an array, got /);
    },
  );
});

describe('A source that fails while values wait', () => {
  it('is not cut off for them by a stall that ends later', async () => {
    const feed = await opened({ stallTimeout: 1_000 });
    feed.next('b');
    feed.error(new Error('gone'));
    await elapse(999);
    expect(await feed.read()).toBe('b');
    const waiting = settling(feed.read());
    await elapse(50);
    expect(waiting()).toEqual(new Error('gone'));
  });

  it('loses its client when that never comes back', async () => {
    const feed = await opened({ stallTimeout: 1_000 });
    feed.next('b');
    feed.complete();
    await elapse(1_000);
    await expect(feed.read()).rejects.toBeInstanceOf(StreamOverflowError);
  });
});
