import { Observable, concat, config, finalize, interval, map, of, take, throwError, timer } from 'rxjs';
import { toChunkedBody, toChunkedResponse, toSseBody } from 'rxjs-http-streams';
import type { BodyEnd, BodySource } from 'rxjs-http-streams';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommonOptions } from '../support/bodies';
import { drained } from '../support/drained';
import { settling, textReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, timers, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();
virtualTime();

const bug = new Error('in the teardown');
const throwing = (): never => {
  throw bug;
};

const reported: unknown[] = [];
const uncaught: unknown[] = [];
const noteUncaught = (error: unknown): void => {
  uncaught.push(error);
};
beforeEach(() => {
  reported.length = uncaught.length = 0;
  process.on('uncaughtException', noteUncaught);
});
afterEach(async () => {
  await elapse(1_000);
  process.off('uncaughtException', noteUncaught);
  config.onUnhandledError = null;
  expect(uncaught).toEqual([]);
});

/** The place of the teardown in the source. */
const places: Record<string, (source: Observable<string>) => Observable<string>> = {
  last: (source) => source.pipe(finalize(throwing)),
  'before operators': (source) =>
    source.pipe(
      finalize(throwing),
      map((value) => value),
    ),
  'of its own': (source) =>
    new Observable((subscriber) => {
      subscriber.add(source.subscribe(subscriber));
      return throwing;
    }),
};

/** Ways in which a body may end, each with the outcome that is told. */
const ways: Record<
  string,
  {
    readonly outcome: BodyEnd['outcome'];
    readonly error: unknown;
    readonly source: Observable<string>;
    readonly end: (source: BodySource<string>, options: CommonOptions) => Promise<unknown>;
  }
> = {
  completing: {
    outcome: 'completed',
    error: bug,
    source: interval(5).pipe(
      map(() => 'a'),
      take(2),
    ),
    end: async (source, options) => {
      const all = drained(toChunkedBody(source, options));
      await elapse(100);
      expect(await all).toMatchObject({ text: 'aa', error: undefined });
    },
  },
  failing: {
    outcome: 'failed',
    error: new Error('of the source'),
    source: concat(
      of('a'),
      timer(5).pipe(
        map((): never => {
          throw new Error('of the source');
        }),
      ),
    ),
    end: async (source, options) => {
      const all = drained(toChunkedBody(source, options));
      await elapse(100);
      expect(await all).toMatchObject({ text: 'a', error: new Error('of the source') });
    },
  },
  cancelling: {
    outcome: 'left',
    error: bug,
    source: interval(5).pipe(map(() => 'a')),
    end: async (source, options) => {
      const { read, cancel } = textReader(toSseBody(source, options));
      await read();
      await cancel();
    },
  },
  'aborting the request': {
    outcome: 'left',
    error: bug,
    source: interval(5).pipe(map(() => 'a')),
    end: async (source, options) => {
      const controller = new AbortController();
      const request = new Request('http://localhost/', { signal: controller.signal });
      const { read } = textReader(toSseBody(source, { ...options, request }));
      await read();
      const last = settling(read());
      controller.abort(new Error('gone'));
      await elapse(50);
      expect(last()).toEqual(new Error('gone'));
    },
  },
  'aborting the signal': {
    outcome: 'aborted',
    error: new Error('shut down'),
    source: interval(5).pipe(map(() => 'a')),
    end: async (source, options) => {
      const controller = new AbortController();
      const { read } = textReader(toSseBody(source, { ...options, signal: controller.signal }));
      await read();
      const last = settling(read());
      controller.abort(new Error('shut down'));
      await elapse(0);
      expect(last()).toEqual(new Error('shut down'));
    },
  },
  stalling: {
    outcome: 'stalled',
    error: expect.objectContaining({ name: 'StreamOverflowError', limit: 500 }),
    source: concat(of('a'), timer(5).pipe(map(() => 'b')), new Observable<never>()),
    end: async (source, options) => {
      const { read } = textReader(toChunkedBody(source, { ...options, stallTimeout: 500 }));
      await read();
      await elapse(600);
      await expect(read()).rejects.toMatchObject({ name: 'StreamOverflowError' });
    },
  },
  overflowing: {
    outcome: 'overflow',
    error: expect.objectContaining({ name: 'StreamOverflowError', limit: 100 }),
    source: concat(of('a'), interval(5).pipe(map(() => 'x'.repeat(1_000)))),
    end: async (source, options) => {
      const { read } = textReader(toChunkedBody(source, { ...options, maxBufferedBytes: 100 }));
      await read();
      await elapse(200);
      await expect(read()).rejects.toMatchObject({ name: 'StreamOverflowError' });
    },
  },
  'failing before the first value that is awaited': {
    outcome: 'failed',
    error: new Error('of the source'),
    source: timer(5).pipe(
      map((): never => {
        throw new Error('of the source');
      }),
    ),
    end: async (source, options) => {
      const response = toChunkedResponse(source, { ...options, awaitFirst: true });
      await elapse(5);
      expect((await response).status).toBe(500);
    },
  },
  'aborting while the first value is awaited': {
    outcome: 'aborted',
    error: new Error('shut down'),
    source: new Observable(),
    end: async (source, options) => {
      const controller = new AbortController();
      const response = toChunkedResponse(source, {
        ...options,
        awaitFirst: true,
        signal: controller.signal,
      });
      controller.abort(new Error('shut down'));
      expect((await response).status).toBe(500);
    },
  },
  'giving what cannot be sent': {
    outcome: 'failed',
    error: expect.any(TypeError),
    source: timer(5).pipe(map(() => 7 as never)),
    end: async (source, options) => {
      const all = drained(toChunkedBody(source, options));
      await elapse(100);
      expect((await all).error).toBeInstanceOf(Error);
    },
  },
};

const cases = Object.entries(ways).flatMap(([way, scene]) =>
  Object.entries(places).map(([place, broken]) => ({ title: `${way}, ${place}`, scene, broken })),
);

describe('A source whose teardown throws lets its body end by', () => {
  it.each(cases)('$title', async ({ scene: { outcome, error, source, end }, broken }) => {
    config.onUnhandledError = (thrown) => reported.push(thrown);
    const ends: BodyEnd[] = [];
    await end(broken(source), { onEnd: (told) => ends.push(told) });
    await elapse(10);
    expect(ends).toEqual([expect.objectContaining({ outcome, error })]);
    expect(reported).toEqual([bug]);
    expect(timers()).toBe(0);
  });

  it.each(cases)('$title, without an onEnd', async ({ scene: { source, end }, broken }) => {
    await end(broken(source), {});
    await elapse(10);
    expect(timers()).toBe(0);
  });
});

describe('A source whose teardown throws', () => {
  it.each([
    ['completes', of('a')],
    ['fails', throwError(() => new Error('at once'))],
  ])('and which %s while it is being subscribed does no harm', async (_, source) => {
    config.onUnhandledError = (thrown) => reported.push(thrown);
    const all = drained(toChunkedBody(source.pipe(finalize(throwing))));
    await elapse(100);
    await all;
    expect(reported).toEqual([bug]);
  });

  it('lets all others of the same signal end, and all of its own teardowns run', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let torn = 0;
    const tear = (): void => {
      torn++;
    };
    const source = interval(5).pipe(
      map(() => 'a'),
      finalize(tear),
      finalize(throwing),
      finalize(tear),
    );
    const readers = Array.from({ length: 5 }, () => textReader(toSseBody(source, { signal })));
    await Promise.all(readers.map(({ read }) => read()));
    controller.abort(new Error('shut down'));
    for (const { read } of readers) await expect(read()).rejects.toThrow('shut down');
    expect(torn).toBe(10);
    expect(timers()).toBe(0);
  });

  it('is told of with all that was thrown where that is more than one error', async () => {
    const ends: BodyEnd[] = [];
    const source = new Observable<string>().pipe(finalize(throwing), finalize(throwing));
    const { read, cancel } = textReader(toSseBody(source, { onEnd: (end) => ends.push(end) }));
    await read();
    await cancel();
    expect(ends).toMatchObject([{ outcome: 'left', error: { errors: [bug, bug] } }]);
  });
});

/** Values for ever, and a failure when they are not wanted any more. */
const pulledSources: Record<string, () => Iterable<string> | AsyncIterable<string> | ReadableStream<string>> =
  {
    'iterator throws in return()': function* () {
      try {
        for (;;) yield 'a';
      } finally {
        // eslint-disable-next-line no-unsafe-finally -- what is to be seen
        throw bug;
      }
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- its values are there already
    'async iterator rejects in return()': async function* () {
      try {
        for (;;) yield 'a';
      } finally {
        // eslint-disable-next-line no-unsafe-finally -- what is to be seen
        throw bug;
      }
    },
    'async iterator throws in return()': () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false, value: 'a' }),
        return: throwing,
      }),
    }),
    'stream rejects when it is cancelled': () =>
      new ReadableStream<string>({
        pull: (controller) => {
          controller.enqueue('a');
        },
        cancel: () => Promise.reject(bug),
      }),
    'stream throws when it is cancelled': () =>
      new ReadableStream<string>({
        pull: (controller) => {
          controller.enqueue('a');
        },
        cancel: throwing,
      }),
  };

describe.each(Object.entries(pulledSources))('A source whose %s', (_, make) => {
  const leaving: Record<string, (cancel: () => Promise<void>, controller: AbortController) => unknown> = {
    cancelling: (cancel) => cancel(),
    'aborting the request': (_cancel, controller) => {
      controller.abort();
    },
  };

  it.each(Object.entries(leaving))('is told of after %s', async (_way, leave) => {
    config.onUnhandledError = (thrown) => reported.push(thrown);
    const ends: BodyEnd[] = [];
    const controller = new AbortController();
    const request = new Request('http://localhost/', { signal: controller.signal });
    const { read, cancel } = textReader(toChunkedBody(make(), { request, onEnd: (end) => ends.push(end) }));
    await read();
    await leave(cancel, controller);
    await elapse(60);
    expect(ends).toMatchObject([{ outcome: 'left', error: bug }]);
    expect(reported).toEqual([bug]);
  });

  it('does no harm without an onEnd', async () => {
    const { read, cancel } = textReader(toChunkedBody(make()));
    await read();
    await cancel();
    await elapse(60);
    expect(timers()).toBe(0);
  });
});

it('A generator that is busy and cannot be left is told of after 50 ms', async () => {
  const ends: BodyEnd[] = [];
  async function* busy(): AsyncGenerator<string> {
    yield 'a';
    await new Promise(() => undefined);
  }
  const { read, cancel } = textReader(toChunkedBody(busy(), { onEnd: (end) => ends.push(end) }));
  await read();
  void read();
  await elapse(0);
  await cancel();
  await elapse(49);
  expect(ends).toEqual([]);
  await elapse(1);
  expect(ends).toMatchObject([{ outcome: 'left', error: undefined }]);
});

it('What config.onUnhandledError throws ends nothing', async () => {
  config.onUnhandledError = throwing;
  const { read, cancel } = textReader(toSseBody(new Observable<string>().pipe(finalize(throwing))));
  await read();
  await cancel();
  await elapse(10);
  expect(timers()).toBe(0);
});
