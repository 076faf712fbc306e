import { Readable } from 'node:stream';
import { NEVER, Subject, concat, interval, map, of, take, throwError } from 'rxjs';
import { StreamOverflowError, fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { StreamFetch, StreamResponse } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { macrotasks } from '../support/macrotasks';
import { finalOutcomeOf, outcomeOf } from '../support/outcome';
import { readers } from '../support/readers';
import { record } from '../support/recording';
import { scheduled } from '../support/scheduler';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const MIB = 1024 * 1024;

/** Answers each request with this body, whatever its type says. */
const answering =
  (body: () => unknown, status = 200): StreamFetch =>
  (input) =>
    of({
      ok: status < 300,
      status,
      statusText: '',
      headers: new Headers({ 'content-type': 'text/event-stream' }),
      url: input as string,
      body: body() as StreamResponse['body'],
    });

/** Counts what a body was asked for, and whether it was told to stop. */
function counting(frames: readonly unknown[]): {
  readonly iterable: Iterable<unknown>;
  readonly async: AsyncIterable<unknown>;
  readonly stream: ReadableStream<unknown>;
  readonly asked: () => number;
  readonly stopped: () => number;
} {
  let asked = 0;
  let stopped = 0;
  const next = (): IteratorResult<unknown> => {
    const value = frames[asked++];
    return value === undefined ? { done: true, value } : { done: false, value };
  };
  const stop = (): IteratorResult<unknown> => {
    stopped++;
    return { done: true, value: undefined };
  };
  return {
    iterable: { [Symbol.iterator]: () => ({ next, return: stop }) },
    async: {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve(next()),
        return: () => Promise.resolve(stop()),
      }),
    },
    stream: new ReadableStream(
      {
        pull: (controller) => {
          const { done, value } = next() as IteratorResult<unknown, undefined>;
          if (done) controller.close();
          else controller.enqueue(value);
        },
        cancel: () => {
          stop();
        },
      },
      { highWaterMark: 0 },
    ),
    asked: () => asked,
    stopped: () => stopped,
  };
}

describe.each(readers)('A body of $name', ({ readOnce, project, frame }) => {
  const frames = ['a', 'b', 'c'].map(frame);
  const bytes = frames.map(utf8);

  it.each<[string, () => unknown]>([
    ['a stream of the platform', () => counting(bytes).stream],
    ['a Readable of Node', () => Readable.from(bytes)],
    ['a Readable of Node with an encoding', () => Readable.from(bytes).setEncoding('utf8')],
    ['an async iterable', () => counting(bytes).async],
    ['an iterable', () => counting(bytes).iterable],
    ['an Observable', () => of(...bytes)],
    ['a promise', () => Promise.resolve(utf8(frames.join('')))],
    ['text in pieces', () => of(...frames)],
    ['a text', () => frames.join('')],
    ['bytes', () => utf8(frames.join(''))],
    ['buffers', () => bytes.map((chunk) => chunk.buffer)],
    ['other views of buffers', () => bytes.map((chunk) => new DataView(chunk.buffer))],
  ])('may be %s', async (_, body) => {
    const { values, completed, error } = await finalOutcomeOf(readOnce('/feed', { fetch: answering(body) }));
    expect(error).toBeUndefined();
    expect(values.join('')).toMatch(/a[^]*b[^]*c/);
    expect(completed).toBe(true);
  });

  it.each<[string, (body: ReturnType<typeof counting>) => unknown]>([
    ['stream', ({ stream }) => stream],
    ['async iterable', ({ async }) => async],
    ['iterable', ({ iterable }) => iterable],
  ])('that is a %s is asked for a chunk when there is room for its values', async (_, kind) => {
    const body = counting(bytes);
    const gate = new Subject<void>();
    const { subscription } = record(
      project('/feed', { fetch: answering(() => kind(body)), project: () => gate.pipe(take(1)) }),
    );
    await macrotasks();
    expect(body.asked()).toBe(1);
    gate.next();
    await macrotasks();
    expect(body.asked()).toBe(2);
    expect(body.stopped()).toBe(0);
    subscription.unsubscribe();
    expect(body.stopped()).toBe(1);
  });

  it('that is a Readable of Node is destroyed at once, also while it has nothing to say', async () => {
    const readable = new Readable({ read: () => undefined });
    const { subscription } = record(readOnce('/feed', { fetch: answering(() => readable) }));
    await macrotasks();
    subscription.unsubscribe();
    expect(readable.destroyed).toBe(true);
    await macrotasks();
  });

  it('that is a Readable of Node may fail while it is not read', async () => {
    const readable = new Readable({ read: () => undefined });
    readable.push(bytes[0]);
    const { values, subscription } = record(
      project('/feed', { fetch: answering(() => readable), project: () => NEVER }),
    );
    await macrotasks();
    readable.destroy(new Error('cut'));
    await macrotasks();
    expect(values).toEqual([]);
    subscription.unsubscribe();
  });

  it.each<[string, () => unknown]>([
    ['a Readable of Node', () => Readable.from(failing())],
    ['an async iterable', () => failing()],
    ['an iterator that throws', () => ({ [Symbol.iterator]: () => ({ next: thrower }) })],
    ['an async iterator that throws', () => ({ [Symbol.asyncIterator]: () => ({ next: thrower }) })],
    ['an Observable', () => throwError(() => new Error('cut'))],
    ['a promise', () => Promise.reject(new Error('cut'))],
  ])('that is %s and fails is a failure of the network', async (_, body) => {
    const { error } = await finalOutcomeOf(readOnce('/feed', { fetch: answering(body) }));
    expect(error).toMatchObject({
      name: 'StreamNetworkError',
      phase: 'body',
      cause: expect.objectContaining({ message: 'cut' }) as unknown,
    });
  });

  it.each([undefined, null, 5, true, {}, [65], Symbol('x'), new Date(0), () => 'x'])(
    'with the chunk %s is an error that names what came, and is asked for once',
    async (chunk) => {
      for (const body of [
        () =>
          new ReadableStream({
            start: (controller) => {
              controller.enqueue(chunk);
            },
          }),
        () => ({
          [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: false, value: chunk }) }),
        }),
        () => [chunk],
        () => of(chunk),
      ]) {
        for (const observe of [undefined, 'lifecycle'] as const) {
          let requests = 0;
          const fetch: StreamFetch = (...request) => {
            requests++;
            return answering(body)(...request);
          };
          const { error } = await finalOutcomeOf(
            project('/feed', { fetch, observe, project: (value: unknown) => of(value) } as never),
          );
          expect(error).toBeInstanceOf(TypeError);
          expect(String(error)).toContain('body: expected chunks of bytes or text, got ');
          expect(requests).toBe(1);
        }
      }
    },
  );

  it.each([undefined, null, 'x', 5])('whose iterator answers %s is an error', async (result) => {
    for (const next of [() => result, () => Promise.resolve(result)]) {
      const body = (): unknown => ({ [Symbol.asyncIterator]: () => ({ next }) });
      const { error } = await finalOutcomeOf(readOnce('/feed', { fetch: answering(body) }));
      expect(error).toBeInstanceOf(TypeError);
    }
  });

  it.each([undefined, {}, 5, true, () => 'x', new Blob(['a'])])(
    'that is %s cannot be streamed, which is no failure of the network',
    async (body) => {
      for (const whole of [
        answering(() => body),
        () =>
          Promise.resolve({
            ok: true,
            status: 200,
            headers: new Headers({ 'content-type': 'text/event-stream' }),
            text: () => Promise.resolve(''),
          } as never),
      ]) {
        const recording = record(readOnce('/feed', { fetch: whole }));
        await recording.ended();
        expect(recording.error).toBeInstanceOf(TypeError);
        expect(String(recording.error)).toContain('fetch: expected a response whose body can be streamed');
      }
    },
  );

  it('may be missing where there is none: with 204, HEAD and null', async () => {
    for (const [init, body, status] of [
      [{}, undefined, 204],
      [{ method: 'HEAD' }, undefined, 200],
      [{}, null, 200],
    ] as const) {
      const outcome = await finalOutcomeOf(
        readOnce('/feed', { ...init, fetch: answering(() => body, status) }),
      );
      expect(outcome).toEqual({ values: [], completed: true, error: undefined });
    }
  });

  it('that is missing does not hide the status of a refusal', async () => {
    const { error } = await finalOutcomeOf(readOnce('/feed', { fetch: answering(() => undefined, 401) }));
    expect(error).toMatchObject({ name: 'HttpStatusError', status: 401, body: '' });
  });

  it('that is an Observable waits while there is no room, up to 16 MiB', async () => {
    // Spaces, because every format takes them between two values or as a value.
    const blank = new Uint8Array(MIB).fill(0x20);
    const chunkSubject = new Subject<Uint8Array>();
    const { subscription } = record(
      project('/feed', { fetch: answering(() => chunkSubject), project: () => NEVER }),
    );
    chunkSubject.next(utf8(frame('a')));
    for (let mib = 0; mib < 15; mib++) chunkSubject.next(blank);
    expect(chunkSubject.observed).toBe(true);
    chunkSubject.next(blank);
    expect(chunkSubject.observed).toBe(false);
    subscription.unsubscribe();

    const gate = new Subject<void>();
    const fetch = answering(() => concat(of(utf8(frame('a'))), chunkSubject));
    const recording = record(project('/feed', { fetch, project: () => gate, reconnect: false } as never));
    for (let mib = 0; mib < 16; mib++) chunkSubject.next(blank);
    gate.complete();
    await recording.ended();
    expect(recording.error).toBeInstanceOf(StreamOverflowError);
    expect(recording.error).toMatchObject({ limit: 16 * MIB });
  });
});

describe('An Observable as a body', () => {
  it('is not bounded by what it has given, but by what waits', async () => {
    const chunk = utf8(`${'x'.repeat(MIB - 3)}\n`);
    const body = interval(0).pipe(
      take(40),
      map(() => chunk),
    );
    const { values, error } = await finalOutcomeOf(
      fromChunkedFetch('/', { fetch: answering(() => body), project: () => of(1) }),
    );
    expect(error).toBeUndefined();
    expect(values).toHaveLength(40);
  });

  it('counts what small chunks cost besides their bytes', () => {
    const chunkSubject = new Subject<Uint8Array>();
    record(fromChunkedFetch('/', { fetch: answering(() => chunkSubject), project: () => NEVER }));
    const chunk = utf8('x');
    let count = 0;
    while (chunkSubject.observed && count < MIB) {
      chunkSubject.next(chunk);
      count++;
    }
    expect(count).toBeLessThan(MIB);
  });

  it('that overflows is not asked for again', () => {
    const body = concat(of(utf8('data: a\n\n')), of(new Uint8Array(17 * MIB)), NEVER);
    let requests = 0;
    const fetch: StreamFetch = (...request) => {
      requests++;
      return answering(() => body)(...request);
    };
    scheduled(({ expectObservable, flush, cold }) => {
      expectObservable(fromEventSource('/feed', { fetch, project: () => cold('--|') })).toBe(
        '--#',
        undefined,
        expect.any(StreamOverflowError),
      );
      flush();
    });
    expect(requests).toBe(1);
  });
});

describe('An iterable as a body', () => {
  it('is read at once, however long it is', () => {
    const body = Array.from({ length: 100_000 }, () => utf8('1\n'));
    const { values, completed } = outcomeOf(
      fromNdjsonFetch('/', { fetch: answering(() => body), project: () => of(1) }),
    );
    expect([values.length, completed]).toEqual([100_000, true]);
  });

  it('is not asked again for a subscriber that has left inside of a value', () => {
    const body = counting(['1\n2\n', '3\n', '4\n']);
    const values$ = fromNdjsonFetch('/', { fetch: answering(() => body.iterable) });
    expect(outcomeOf(values$.pipe(take(3)))).toMatchObject({ values: [1, 2, 3], completed: true });
    expect([body.asked(), body.stopped()]).toEqual([2, 1]);
  });
});

describe('Text as a chunk', () => {
  it('keeps the charset of the response out of what is text already', async () => {
    const fetch: StreamFetch = () =>
      of({
        ok: true,
        status: 200,
        statusText: '',
        headers: new Headers({ 'content-type': 'text/plain; charset=windows-1252' }),
        url: '/',
        body: ['€', utf8('x')],
      });
    expect((await finalOutcomeOf(fromChunkedFetch('/', { fetch }))).values).toEqual(['€', 'x']);
  });

  it('is UTF-8 where bytes are asked for, and counts as such', async () => {
    const fetch = answering(() => ['é']);
    const { values } = await finalOutcomeOf(
      fromChunkedFetch('/', { fetch, responseType: 'bytes', observe: 'lifecycle' }),
    );
    expect(values).toContainEqual({ type: 'value', value: utf8('é') });
    expect(values).toContainEqual({ type: 'progress', loaded: 2, total: undefined, received: 2 });
  });
});

async function* failing(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(utf8(' '));
  throw new Error('cut');
}

const thrower = (): never => {
  throw new Error('cut');
};
