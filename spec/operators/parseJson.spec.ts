import { NEVER, concat, finalize, from, interval, map, of, take } from 'rxjs';
import { isStreamOverflowError, isStreamValidationError, parseJson, parseSse } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { finalOutcomeOf, outcomeOf } from '../support/outcome';
import { scheduled } from '../support/scheduler';
import { schemaOf, tenfold, tenfoldInItsTime } from '../support/schemas';

describe('parseJson', () => {
  const chunks = { a: '1', b: '{"n":2}', c: 'null' };
  itKeepsTheOperatorContract('no schema', {
    create: () => parseJson(),
    chunks,
    values: { x: 1, y: { n: 2 }, z: null },
    dense: [chunks.a, chunks.b, chunks.c],
  });
  itKeepsTheOperatorContract('a synchronous schema', {
    create: () => parseJson({ schema: tenfold }),
    chunks: { a: '1', b: '2', c: '3' },
    values: { x: 10, y: 20, z: 30 },
    dense: ['1', '2', '3'],
  });

  it('takes null, 0, "" and false for values', () => {
    expect(outcomeOf(of('null', '0', '""', 'false').pipe(parseJson())).values).toEqual([null, 0, '', false]);
  });

  it.each(['', ' ', '\t', '\r', '\n', '\n\n', ' \r\n\t'])('skips the blank string %j', (blank) => {
    const { values, error } = outcomeOf(of(blank, '1').pipe(parseJson()));
    expect(error).toBeUndefined();
    expect(values).toEqual([1]);
  });

  it('does not take a no-break space for blank, which JSON does not', () => {
    expect(outcomeOf(of('\u00a0').pipe(parseJson())).error).toMatchObject({ name: 'StreamParseError' });
  });

  it('errors on a string that is not JSON, after the values before it, and leaves its source', () => {
    scheduled(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-d-|', { a: '1', b: '', c: 'nonsense', d: '4' });
      expectObservable(source.pipe(parseJson())).toBe(
        '-a---#',
        { a: 1 },
        expect.objectContaining({
          name: 'StreamParseError',
          lineNumber: 3,
          offset: 0,
          excerpt: 'nonsense',
          cause: expect.any(SyntaxError) as unknown,
        }),
      );
      expectSubscriptions(source.subscriptions).toBe('^----!');
    });
  });

  it('counts the strings of each subscription apart', () => {
    const result = of('1', 'x').pipe(parseJson());
    expect(outcomeOf(result).error).toMatchObject({ lineNumber: 2 });
    expect(outcomeOf(result).error).toMatchObject({ lineNumber: 2 });
  });

  it('reads the data of messages', () => {
    const source = of('data: {"n":\ndata: 1}\n\n').pipe(parseSse());
    const values = outcomeOf(source).values.map(({ data }) => data);
    expect(outcomeOf(from(values).pipe(parseJson())).values).toEqual([{ n: 1 }]);
  });

  it('keeps a __proto__ key as the own property that it is', () => {
    const [value] = outcomeOf(of('{"__proto__":{"admin":true}}').pipe(parseJson())).values;
    expect(Object.keys(value as object)).toEqual(['__proto__']);
    expect((value as { admin?: boolean }).admin).toBeUndefined();
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('emits the output of a schema', () => {
    const schema = z.object({ n: z.string().transform(Number) });
    expect(outcomeOf(of('{"n":"7"}').pipe(parseJson({ schema }))).values).toEqual([{ n: 7 }]);
  });

  it('errors with the issues and the value of what a schema does not accept, after the values before it', () => {
    const schema = z.object({ n: z.number() });
    const { values, error } = outcomeOf(of('{"n":1}', '{"n":"2"}', '{"n":3}').pipe(parseJson({ schema })));
    expect(values).toEqual([{ n: 1 }]);
    expect(isStreamValidationError(error)).toBe(true);
    expect(error).toMatchObject({ value: { n: '2' }, issues: [{ path: ['n'] }] });
  });

  it('keeps the order of values when an asynchronous schema answers out of order', async () => {
    const source = of('1', '4', '0', '3').pipe(parseJson({ schema: tenfoldInItsTime }));
    expect(await finalOutcomeOf(source)).toEqual({
      values: [10, 40, 0, 30],
      completed: true,
      error: undefined,
    });
  });

  it('errors with what a schema throws or rejects with', async () => {
    const broken = new Error('the schema broke');
    const throwing = schemaOf<number>(() => {
      throw broken;
    });
    const rejecting = schemaOf<number>(() => Promise.reject(broken));
    expect(outcomeOf(of('1').pipe(parseJson({ schema: throwing }))).error).toBe(broken);
    expect((await finalOutcomeOf(of('1').pipe(parseJson({ schema: rejecting })))).error).toBe(broken);
  });

  it('asks a schema for no more values than are taken', () => {
    const asked: unknown[] = [];
    const schema = schemaOf<unknown>((value) => {
      asked.push(value);
      return { value };
    });
    expect(outcomeOf(of('1', '2').pipe(parseJson({ schema }), take(1))).values).toEqual([1]);
    expect(asked).toEqual([1]);
  });

  it('drops byte order marks at the beginning of a string', () => {
    expect(outcomeOf(of('\ufeff1', '\ufeff', '\ufeff \t').pipe(parseJson())).values).toEqual([1]);
    const { error } = outcomeOf(of('1\ufeff').pipe(parseJson()));
    expect((error as Error).message).toBe('Expected JSON in line 1, got: 1\\u{feff}');
  });

  it('makes values by the function that is given, of each string that is not blank', () => {
    const asked: unknown[][] = [];
    const parse = (...all: [string]): bigint => {
      asked.push(all);
      return BigInt(all[0]);
    };
    const { values, error } = outcomeOf(of('9007199254740993', ' ', '1', 'x').pipe(parseJson({ parse })));
    expect(values).toEqual([9007199254740993n, 1n]);
    expect(error).toMatchObject({
      name: 'StreamParseError',
      lineNumber: 4,
      excerpt: 'x',
      cause: { name: 'SyntaxError' },
    });
    expect(asked).toEqual([['9007199254740993'], ['1'], ['x']]);
  });

  it('takes undefined for a value where the function that is given returns it', () => {
    expect(outcomeOf(of('1').pipe(parseJson({ parse: () => undefined }))).values).toEqual([undefined]);
  });

  it('gives a schema what the function that is given returns', () => {
    const schema = schemaOf<string>((value) => ({ value: typeof value }));
    expect(outcomeOf(of('1').pipe(parseJson({ schema, parse: BigInt }))).values).toEqual(['bigint']);
  });

  it.each([
    ['nothing', undefined, 'schema: expected a result with a value or issues, got undefined'],
    ['null', null, 'schema: expected a result with a value or issues, got null'],
    ['text', 'ok', "schema: expected a result with a value or issues, got 'ok'"],
    ['a Boolean', true, 'schema: expected a result with a value or issues, got true'],
    ['neither a value nor issues', {}, 'schema: expected a result with a value or issues, got neither'],
    [
      'issues that are not a list',
      { issues: { 0: 'x' } },
      'schema: expected a list of issues, got an object',
    ],
    ['issues that are text', { issues: 'x' }, "schema: expected a list of issues, got 'x'"],
  ])('says that the schema is wrong that answers with %s, at once or later', async (_, answer, message) => {
    const wrong = schemaOf(() => answer as never);
    const late = schemaOf(() => Promise.resolve(answer as never));
    expect(outcomeOf(of('1').pipe(parseJson({ schema: wrong }))).error).toEqual(new TypeError(message));
    const { error } = await finalOutcomeOf(of('1').pipe(parseJson({ schema: late })));
    expect(error).toEqual(new TypeError(message));
  });

  it.each([[[]], [[null]], [['x']], [[{ message: { toString: 5 } }]], [[{ message: [['x']] }]]])(
    'makes no text of the issues %j, which do not say why',
    (issues) => {
      const schema = schemaOf(() => ({ issues: issues as never }));
      const { error } = outcomeOf(of('1').pipe(parseJson({ schema })));
      expect(error).toMatchObject({
        issues,
        message: 'A value does not fit the schema: it does not say why',
      });
    },
  );

  describe('maxBufferedBytes', () => {
    const late = schemaOf<unknown>((value) => Promise.resolve({ value }));

    it('is the most that may wait for a schema: what was received comes first, then the error', async () => {
      let released = false;
      const source = concat(of('1', '22', '333', '4444'), NEVER).pipe(finalize(() => (released = true)));
      const outcome = finalOutcomeOf(source.pipe(parseJson({ schema: late, maxBufferedBytes: 205 })));
      expect(released).toBe(true);
      const { values, error } = await outcome;
      expect(values).toEqual([1, 22, 333]);
      expect(isStreamOverflowError(error)).toBe(true);
      expect(error).toMatchObject({ limit: 205, size: 309 });
    });

    it('is 16 Mi if omitted', async () => {
      const text = JSON.stringify('x'.repeat(4 * 1024 * 1024));
      const source = of(...Array<string>(6).fill(text));
      const { values, error } = await finalOutcomeOf(source.pipe(parseJson({ schema: late })));
      expect(values).toHaveLength(4);
      expect(error).toMatchObject({ name: 'StreamOverflowError', limit: 16 * 1024 * 1024 });
    });

    it('counts what waits, not what has passed', async () => {
      const source = interval(0).pipe(
        take(50),
        map((n) => String(n)),
      );
      const { values, error } = await finalOutcomeOf(
        source.pipe(parseJson({ schema: late, maxBufferedBytes: 101 })),
      );
      expect(error).toBeUndefined();
      expect(values).toHaveLength(50);
    });

    it('may be Infinity', async () => {
      const source = of(...Array<string>(1_000).fill('1')).pipe(
        parseJson({ schema: late, maxBufferedBytes: Infinity }),
      );
      expect((await finalOutcomeOf(source)).values).toHaveLength(1_000);
    });

    it('leaves strings unparsed while they wait: what is wrong with them is said in its place', async () => {
      const { values, error } = await finalOutcomeOf(of('1', 'x', '2').pipe(parseJson({ schema: late })));
      expect(values).toEqual([1]);
      expect(error).toMatchObject({ name: 'StreamParseError', lineNumber: 2 });
    });
  });
});
