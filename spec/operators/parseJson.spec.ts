import { from, of, take } from 'rxjs';
import { isStreamValidationError, parseJson, parseSse } from 'rxjs-http-streams';
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
});
