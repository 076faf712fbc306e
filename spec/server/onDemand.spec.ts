import { Readable } from 'node:stream';
import { NEVER, concat, noop, of } from 'rxjs';
import { toChunkedBody, toNdjsonBody, toSseBody } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { onDemand } from '../../src/server/onDemand';
import { drained } from '../support/drained';
import { macrotasks } from '../support/macrotasks';
import { finalOutcomeOf } from '../support/outcome';
import { settling, textReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();

const KIB = 'x'.repeat(1024);

/** An iterator in the hands of a spec: what it was asked, and what it says. */
function counted<T>(values: readonly T[]): {
  readonly iterable: Iterable<T>;
  readonly asked: () => number;
  readonly returned: () => number;
} {
  let asked = 0;
  let returned = 0;
  const iterator: IterableIterator<T> = {
    [Symbol.iterator]: () => iterator,
    next: () => {
      const value = values[asked++];
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    return: () => {
      returned++;
      return { done: true, value: undefined };
    },
  };
  return { iterable: iterator, asked: () => asked, returned: () => returned };
}

/** An async iterator whose answers come when the spec gives them. */
function asked<T>(): {
  readonly iterable: AsyncIterable<T>;
  readonly answer: (value: T) => void;
  readonly end: () => void;
  readonly fail: (reason: unknown) => void;
  readonly asked: () => number;
  readonly returned: () => number;
} {
  const waiting: {
    readonly resolve: (result: IteratorResult<T>) => void;
    readonly reject: (reason: unknown) => void;
  }[] = [];
  let count = 0;
  let returned = 0;
  const iterator: AsyncIterator<T> = {
    next: () =>
      new Promise((resolve, reject) => {
        count++;
        waiting.push({ resolve, reject });
      }),
    return: () => {
      returned++;
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  return {
    iterable: { [Symbol.asyncIterator]: () => iterator },
    answer: (value) => waiting.shift()?.resolve({ done: false, value }),
    end: () => waiting.shift()?.resolve({ done: true, value: undefined }),
    fail: (reason) => waiting.shift()?.reject(reason),
    asked: () => count,
    returned: () => returned,
  };
}

describe('A body of an iterable', () => {
  it('gathers a chunk of 64 KiB for each read, and asks for no more', async () => {
    const { iterable, asked } = counted(Array.from({ length: 150 }, () => KIB));
    const { read } = textReader(toChunkedBody(iterable));
    expect((await read())?.length).toBe(64 * 1024);
    await macrotasks();
    expect(asked()).toBe(64);
    expect((await read())?.length).toBe(64 * 1024);
    expect(asked()).toBe(128);
    expect((await read())?.length).toBe(22 * 1024);
    expect(await read()).toBeUndefined();
  });

  it('ends a chunk with the value that fills it', async () => {
    const { iterable, asked } = counted(['a', 'b', 'c'].map((letter) => letter.repeat(40 * 1024)));
    const { read } = textReader(toChunkedBody(iterable));
    expect((await read())?.length).toBe(80 * 1024);
    expect(asked()).toBe(2);
    expect((await read())?.length).toBe(40 * 1024);
  });

  it('returns its iterator when the client leaves', async () => {
    const { iterable, returned } = counted([KIB, ...Array.from({ length: 100 }, () => KIB)]);
    const { read, cancel } = textReader(toChunkedBody(iterable));
    await read();
    expect(returned()).toBe(0);
    await cancel();
    expect(returned()).toBe(1);
  });

  it('runs the finally block of a generator when the client leaves', async () => {
    let left = false;
    function* words(): Generator<string> {
      try {
        for (let count = 0; count < 1_000; count++) yield KIB;
      } finally {
        left = true;
      }
    }
    const { read, cancel } = textReader(toChunkedBody(words()));
    await read();
    await cancel();
    expect(left).toBe(true);
  });

  it('does not return an iterator that is at its end', async () => {
    const { iterable, returned } = counted(['a', 'b']);
    expect((await drained(toChunkedBody(iterable))).text).toBe('ab');
    expect(returned()).toBe(0);
  });

  it('does not return an iterator that has thrown, and fails with what it threw after all that it gave', async () => {
    const reason = new Error('no more');
    let returned = false;
    const iterator: IterableIterator<string> = {
      [Symbol.iterator]: () => iterator,
      next: () => {
        if (gave++ < 2) return { done: false, value: 'a' };
        throw reason;
      },
      return: () => {
        returned = true;
        return { done: true, value: undefined };
      },
    };
    let gave = 0;
    expect(await drained(toChunkedBody(iterator))).toEqual({ chunks: ['aa'], text: 'aa', error: reason });
    expect(returned).toBe(false);
  });

  it('returns the iterator whose value cannot be sent', async () => {
    const { iterable, returned } = counted<string | number>(['a', 7, 'b']);
    const { text, error } = await drained(toChunkedBody(iterable as Iterable<string>));
    expect(text).toBe('a');
    expect(error).toBeInstanceOf(TypeError);
    expect(returned()).toBe(1);
  });

  it('leaves a client that goes alone with a return() that throws', async () => {
    let given = 0;
    const iterator: IterableIterator<string> = {
      [Symbol.iterator]: () => iterator,
      next: () => ({ done: given++ === 1_000, value: KIB }),
      return: () => {
        throw new Error('unable to leave');
      },
    };
    const { read, cancel } = textReader(toChunkedBody(iterator));
    await read();
    await expect(cancel()).resolves.toBeUndefined();
  });
});

describe('A body of an async iterable', () => {
  it('asks for one value at a time, and only for a client that reads', async () => {
    const { iterable, answer, asked: count } = asked<string>();
    const { read } = textReader(toChunkedBody(iterable));
    await macrotasks();
    expect(count()).toBe(0);
    const first = read();
    await macrotasks();
    expect(count()).toBe(1);
    answer('a');
    expect(await first).toBe('a');
    await macrotasks();
    expect(count()).toBe(1);
    const second = read();
    await macrotasks();
    expect(count()).toBe(2);
    answer('b');
    expect(await second).toBe('b');
  });

  it('is one value ahead at most of a client that has only read the opening', async () => {
    const { iterable, answer, asked: count } = asked<string>();
    const { read } = textReader(toSseBody(iterable));
    expect(await read()).toBe(':rxjs-http-streams\n\n');
    answer('a');
    await macrotasks();
    expect(count()).toBe(1);
    expect(await read()).toBe('data: a\n\n');
    await macrotasks();
    expect(count()).toBe(1);
  });

  it('returns its iterator when the client leaves while the next value is awaited', async () => {
    const { iterable, answer, returned } = asked<string>();
    const { read, cancel } = textReader(toChunkedBody(iterable));
    const waiting = read();
    await macrotasks();
    await cancel();
    expect(returned()).toBe(1);
    expect(await waiting).toBeUndefined();
    answer('too late');
    await macrotasks();
    expect(returned()).toBe(1);
  });

  it('returns its iterator when the client leaves between two reads', async () => {
    const { iterable, answer, returned } = asked<string>();
    const { read, cancel } = textReader(toChunkedBody(iterable));
    const waiting = read();
    await macrotasks();
    answer('a');
    await waiting;
    expect(returned()).toBe(0);
    await cancel();
    expect(returned()).toBe(1);
  });

  it('does not return an iterator that is at its end, or that has failed', async () => {
    const ended = asked<string>();
    const whole = drained(toChunkedBody(ended.iterable));
    await macrotasks();
    ended.end();
    expect((await whole).error).toBeUndefined();
    expect(ended.returned()).toBe(0);

    const failed = asked<string>();
    const reason = new Error('gone');
    const broken = drained(toChunkedBody(failed.iterable));
    await macrotasks();
    failed.fail(reason);
    expect((await broken).error).toMatchObject({ cause: reason });
    expect(failed.returned()).toBe(0);
  });

  it('leaves no rejection of return() unhandled', async () => {
    const iterable: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.resolve({ done: false, value: 'a' }),
        return: () => Promise.reject(new Error('unable to leave')),
      }),
    };
    const { read, cancel } = textReader(toChunkedBody(iterable));
    await read();
    await expect(cancel()).resolves.toBeUndefined();
  });

  it('needs no return()', async () => {
    const iterable: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: false, value: 'a' }) }),
    };
    const { read, cancel } = textReader(toChunkedBody(iterable));
    await read();
    await expect(cancel()).resolves.toBeUndefined();
  });

  it('goes on after texts that are empty', async () => {
    async function* words(): AsyncGenerator<string> {
      for (const word of ['', '', 'a', '', 'b', '']) yield await Promise.resolve(word);
    }
    expect(await drained(toChunkedBody(words()))).toEqual({
      chunks: ['a', 'b'],
      text: 'ab',
      error: undefined,
    });
  });

  it('fails with what a throwing next() throws', async () => {
    const reason = new Error('not even a promise');
    const iterable: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          throw reason;
        },
      }),
    };
    expect((await drained(toChunkedBody(iterable))).error).toMatchObject({ cause: reason });
  });

  it('answers reads that were made ahead in their order', async () => {
    async function* words(): AsyncGenerator<string> {
      for (const word of ['a', 'b', 'c']) yield await Promise.resolve(word);
    }
    const { read } = textReader(toChunkedBody(words()));
    expect(await Promise.all([read(), read(), read(), read()])).toEqual(['a', 'b', 'c', undefined]);
  });
});

describe('A body of an async iterable that keeps silent', () => {
  virtualTime();

  it('is not asked again because of a heartbeat', async () => {
    const { iterable, answer, asked: count } = asked<string>();
    const { read } = textReader(toSseBody(iterable, { heartbeat: 100 }));
    await read();
    for (let beat = 0; beat < 3; beat++) {
      const waiting = read();
      await elapse(100);
      expect(await waiting).toBe(':\n\n');
    }
    expect(count()).toBe(1);
    const waiting = read();
    answer('a');
    expect(await waiting).toBe('data: a\n\n');
  });
});

describe('A body of a generator whose client takes all at once', () => {
  virtualTime();

  it('leaves the event loop to others after each 2 MiB', async () => {
    function* source(): Generator<string> {
      for (let count = 0; count < 96; count++) yield KIB.repeat(64);
    }
    const { read } = textReader(toChunkedBody(source()));
    await read();
    for (let turn = 0; turn < 3; turn++) {
      for (let count = 1; count < 32; count++) await read();
      const first = settling(read());
      await macrotasks();
      expect(first()).toBe('pending');
      await elapse(0);
      expect(first()).not.toBe('pending');
    }
  });
});

describe('A body of a Readable of Node', () => {
  it('destroys it when its client leaves, also while it is quiet', async () => {
    const source = new Readable({ read: () => undefined });
    source.push('a');
    const reader = toChunkedBody(source as AsyncIterable<Uint8Array>).getReader();
    await reader.read();
    void reader.read();
    await macrotasks();
    await reader.cancel();
    await macrotasks();
    expect(source.destroyed).toBe(true);
  });
});

describe('A body of a ReadableStream', () => {
  it('reads it no faster than it is read', async () => {
    let pulls = 0;
    const source = new ReadableStream<string>(
      {
        pull: (controller) => {
          controller.enqueue(String(pulls++));
        },
      },
      { highWaterMark: 0 },
    );
    const { read, cancel } = textReader(toChunkedBody(source));
    await macrotasks();
    expect(pulls).toBe(0);
    expect(await read()).toBe('0');
    await macrotasks();
    expect(pulls).toBe(1);
    expect(await read()).toBe('1');
    expect(pulls).toBe(2);
    await cancel();
  });

  it.each(['while it waits for the stream', 'between two reads'])(
    'cancels the stream when the client leaves %s',
    async (moment) => {
      let cancelled = 0;
      const source = new ReadableStream<string>({
        start: (controller) => {
          if (moment === 'between two reads') controller.enqueue('a');
        },
        cancel: () => {
          cancelled++;
        },
      });
      const { read, cancel } = textReader(toChunkedBody(source));
      const waiting = settling(read());
      await macrotasks();
      expect(waiting()).toBe(moment === 'between two reads' ? 'a' : 'pending');
      await cancel();
      expect(cancelled).toBe(1);
    },
  );

  it('ends with it, and fails with it', async () => {
    const ended = new ReadableStream<{ a: number }>({
      start: (controller) => {
        controller.enqueue({ a: 1 });
        controller.close();
      },
    });
    expect(await drained(toNdjsonBody(ended))).toMatchObject({ text: '{"a":1}\n', error: undefined });
    const reason = new Error('upstream');
    const failed = new ReadableStream<string>({
      start: (controller) => {
        controller.error(reason);
      },
    });
    expect(await drained(toNdjsonBody(failed))).toMatchObject({ text: '', error: { cause: reason } });
  });

  it('reads it where the platform has made it no async iterable', async () => {
    const stream = toChunkedBody(of('a', 'b'));
    const source = { getReader: () => stream.getReader() };
    expect((await drained(toChunkedBody(source as never))).chunks).toEqual(['ab']);
  });

  it('leaves no rejection of its cancel() unhandled', async () => {
    const source = new ReadableStream<string>({
      cancel: () => Promise.reject(new Error('unable to leave')),
    });
    const { read, cancel } = textReader(toChunkedBody(source));
    const waiting = read();
    await macrotasks();
    await expect(cancel()).resolves.toBeUndefined();
    expect(await waiting).toBeUndefined();
  });

  it('fails if another reader has locked the stream', async () => {
    const source = new ReadableStream<string>();
    source.getReader();
    expect((await drained(toChunkedBody(source))).error).toMatchObject({ cause: { name: 'TypeError' } });
  });
});

describe('A body of something else', () => {
  it('sends a bare text as one value, not by its characters', async () => {
    expect((await drained(toNdjsonBody('text'))).text).toBe('"text"\n');
    expect((await drained(toChunkedBody('text'))).chunks).toEqual(['text']);
  });

  it('sends bare bytes as one value', async () => {
    const bytes = Uint8Array.of(104, 105);
    const reader = toChunkedBody(bytes as never).getReader();
    expect((await reader.read()).value).toBe(bytes);
  });

  it('sends what a promise gives', async () => {
    expect((await drained(toNdjsonBody(Promise.resolve({ a: 1 })))).text).toBe('{"a":1}\n');
    const reason = new Error('rejected');
    expect((await drained(toNdjsonBody(Promise.reject(reason)))).error).toMatchObject({ cause: reason });
  });

  it('sends what an Observable gives that is async iterable, too', async () => {
    const source = Object.assign(of('a', 'b'), {
      [Symbol.asyncIterator]: () => {
        throw new Error('not by its iterator');
      },
    });
    expect((await drained(toChunkedBody(source))).chunks).toEqual(['ab']);
  });
});

describe('onDemand', () => {
  it.each([
    ['an iterable', 'iterable'],
    ['an async iterable', 'asyncIterable'],
  ] as const)('asks %s for nothing after its end, however much is wanted', async (_, kind) => {
    const { iterable, asked } = counted(['a', 'b']);
    const iterator = iterable[Symbol.iterator]();
    const source: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve(iterator.next()) }),
    };
    const outcome = await finalOutcomeOf(
      onDemand(
        kind === 'iterable' ? iterable : source,
        concat(of(undefined), NEVER),
        () => asked() < 10,
        noop,
      ),
    );
    expect(outcome).toMatchObject({ values: ['a', 'b'], completed: true });
    await macrotasks();
    expect(asked()).toBe(3);
  });
});
