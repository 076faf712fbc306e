import { Subject, concat, from, of, throwError } from 'rxjs';
import { toChunkedBody, toNdjsonBody, toSseBody } from 'rxjs-http-streams';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodies } from '../support/bodies';
import { drained } from '../support/drained';
import type { Drained } from '../support/drained';
import { producer } from '../support/producer';
import { settling, textReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();
virtualTime();

const SECRET = 'connect ECONNREFUSED 10.0.0.7:5432';

/** All of a body whose errors may be held back for a moment. */
async function whole(body: ReadableStream<Uint8Array>): Promise<Drained> {
  const all = drained(body);
  for (let reads = 0; reads < 20; reads++) await elapse(5);
  return all;
}

describe.each(bodies)('$name', ({ make, opening, frame, completion, failure }) => {
  it('ends when its source completes', async () => {
    expect(await whole(make(of('a', 'b')))).toMatchObject({
      text: opening + frame('a') + frame('b') + completion,
      error: undefined,
    });
    expect(await whole(make([]))).toMatchObject({ text: opening + completion, error: undefined });
  });

  it('ends with what still waited when its source completed', async () => {
    const { source, next, complete } = producer('a');
    const { read } = textReader(make(source));
    await read();
    for (const value of ['b', 'c']) next(value);
    complete();
    expect(await read()).toBe(frame('b') + frame('c') + completion);
    expect(await read()).toBeUndefined();
  });

  it('gives all that its source gave before it failed, then the failure', async () => {
    const reason = new Error(SECRET);
    const values = Array.from({ length: 300 }, (_, index) => String(index).padEnd(1024));
    const { text, error } = await whole(
      make(
        concat(
          from(values),
          throwError(() => reason),
        ),
      ),
    );
    expect(text).toBe(opening + values.map(frame).join('') + failure);
    expect(error).toBe(reason);
  });

  it('never says what an error says', async () => {
    const failing = [
      throwError(() => new Error(SECRET)),
      (): never => {
        throw new Error(SECRET);
      },
      concat(
        of('a'),
        // eslint-disable-next-line rxjs-x/throw-error -- what applications throw
        throwError(() => SECRET),
      ),
    ];
    for (const source of failing) {
      const { text, error } = await whole(make(source));
      expect(error).toBeInstanceOf(Error);
      expect(text).not.toContain('10.0.0.7');
      expect(text).toContain(failure);
    }
  });

  it('fails 50 ms after the last chunk was taken, not before', async () => {
    const { source, error } = producer('a');
    const { read } = textReader(make(source));
    await read();
    error(new Error('gone'));
    if (failure) expect(await read()).toBe(failure);
    await elapse(1_000);
    const last = settling(read());
    await elapse(49);
    expect(last()).toBe('pending');
    await elapse(1);
    expect(last()).toEqual(new Error('gone'));
  });

  it.each([undefined, null, 0, '', 'text', { status: 404 }])(
    'fails with an Error whose cause is what its source failed with: %j',
    async (reason) => {
      const { error } = await whole(make(throwError((): unknown => reason)));
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).cause).toEqual(reason);
      expect(Object.hasOwn(error as Error, 'cause')).toBe(true);
    },
  );

  it.each<[string, () => string]>([
    [
      'throws',
      () => {
        throw new Error('in mapError');
      },
    ],
    ['gives nothing', () => undefined as never],
    ['gives no text', () => ({ toString: () => 'x' }) as never],
    ['gives a promise', () => Promise.resolve('x') as never],
    ['gives a promise that rejects', () => Promise.reject(new Error('in mapError')) as never],
  ])('fails with what its source failed with where mapError %s', async (_, mapError) => {
    const reason = new Error(SECRET);
    const { text, error } = await whole(
      make(
        concat(
          of('a'),
          throwError(() => reason),
        ),
        { mapError },
      ),
    );
    expect(text).toBe(opening + frame('a') + failure);
    expect(error).toBe(reason);
  });
});

describe('A failure', () => {
  // An event stream has an opening, and NDJSON with an end in band a last line: chunks that an error could overtake.
  it.each(bodies.filter(({ opening, failure }) => opening === '' && failure === ''))(
    'of $name is told at once where nothing was sent before',
    async ({ make }) => {
      const { read } = textReader(make(throwError(() => new Error(SECRET))));
      const last = settling(read());
      await elapse(0);
      expect(last()).toEqual(new Error('Internal error'));
    },
  );
});

describe('A body whose reader asks for more than one chunk ahead', () => {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => {
    uncaught.push(error);
  };
  beforeEach(() => {
    uncaught.length = 0;
    process.on('uncaughtException', note);
  });
  afterEach(() => {
    process.off('uncaughtException', note);
  });

  it.each(bodies)('$name ends once', async ({ make }) => {
    const { source, complete } = producer('a');
    const { read } = textReader(make(source));
    await read();
    const reads = [read(), read(), read()];
    await elapse(0);
    complete();
    // What a subscriber throws is reported by a timer.
    await elapse(60);
    expect((await Promise.all(reads)).at(-1)).toBeUndefined();
    expect(uncaught).toEqual([]);
  });

  it.each(bodies)('$name fails once', async ({ make }) => {
    const { source, error } = producer('a');
    const { read } = textReader(make(source));
    await read();
    const reads = [read(), read(), read()].map(settling);
    await elapse(0);
    error(new Error('gone'));
    await elapse(60);
    expect(reads[2]?.()).toEqual(new Error('gone'));
    expect(uncaught).toEqual([]);
  });
});

describe('mapError', () => {
  it('says what the public may know of a failure', async () => {
    const asked: unknown[] = [];
    const reason = new Error(SECRET);
    const mapError = (error: unknown): string => {
      asked.push(error);
      return 'Try later\nor\r\nnever\rat all';
    };
    const failing = throwError(() => reason);
    expect((await whole(toSseBody(failing, { mapError }))).text).toBe(
      ':rxjs-http-streams\n\n:rxjs-http-streams error Try later or never at all\n\n',
    );
    expect((await whole(toNdjsonBody(failing, { mapError, terminal: 'notification' }))).text).toBe(
      '{"kind":"E","error":"Try later\\nor\\r\\nnever\\rat all"}\n',
    );
    expect(asked).toEqual([reason, reason]);
  });

  it('is asked of a value that cannot be sent, too', async () => {
    const { text, error } = await whole(toSseBody(of({ data: undefined }), { mapError: String }));
    expect(text).toContain(':rxjs-http-streams error TypeError: message 0: data: ');
    expect(error).toBeInstanceOf(TypeError);
  });

  it('words an error that comes before the first byte, of which a server makes a response', async () => {
    const secret = new Error(SECRET);
    const failing = throwError(() => secret);
    for (const body of [
      toChunkedBody(failing, { mapError: () => 'closed today' }),
      toNdjsonBody(failing, { mapError: () => 'closed today' }),
    ]) {
      const { error } = await whole(body);
      expect(error).toMatchObject({ message: 'closed today', cause: secret });
    }
  });

  it('is asked once for each failure, also where a format cannot tell it', async () => {
    let asked = 0;
    const mapError = (): string => {
      asked++;
      return '';
    };
    const failing = throwError(() => new Error(SECRET));
    await whole(toChunkedBody(failing, { mapError }));
    await whole(toNdjsonBody(failing, { mapError }));
    await whole(toSseBody(failing, { mapError, terminal: 'none' }));
    expect(asked).toBe(3);
  });

  it('is not asked when a client is cut off, and nothing more is sent', async () => {
    const subject = new Subject<string>();
    let asked = 0;
    const { read } = textReader(
      toSseBody(subject, {
        stallTimeout: 1_000,
        mapError: () => {
          asked++;
          return '';
        },
      }),
    );
    await read();
    subject.next('a');
    await elapse(1_000);
    await expect(read()).rejects.toMatchObject({ name: 'StreamOverflowError' });
    expect(asked).toBe(0);
  });
});
