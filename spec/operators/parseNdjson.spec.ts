import fc from 'fast-check';
import { EMPTY, from, of, take, throwError, timer, map } from 'rxjs';
import type { Observable } from 'rxjs';
import {
  isStreamLimitError,
  isStreamParseError,
  isStreamServerError,
  isStreamTruncatedError,
  isStreamValidationError,
  parseNdjson,
} from 'rxjs-http-streams';
import type { NdjsonConfig } from 'rxjs-http-streams';
import { chunksOf, utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { ndjsonWords } from '../support/ndjsonWords';
import { finalOutcomeOf, outcomeOf } from '../support/outcome';
import { referenceNdjson } from '../support/referenceNdjson';
import { scheduled } from '../support/scheduler';
import { schemaOf, tenfold, tenfoldInItsTime } from '../support/schemas';
import { splits } from '../support/splits';
import { wireBytes, wireText } from '../support/wireBytes';

describe('parseNdjson', () => {
  itKeepsTheOperatorContract('bytes', {
    create: () => parseNdjson(),
    chunks: { a: utf8('1\n'), b: utf8('{"n":2}\r\n'), c: utf8('\n"€"\n') },
    values: { x: 1, y: { n: 2 }, z: '€' },
    dense: [utf8('1\n{"n":2}\n"€"\n')],
  });
  itKeepsTheOperatorContract('strings', {
    create: () => parseNdjson(),
    chunks: { a: '1\n', b: '2\n', c: '3\n' },
    values: { x: 1, y: 2, z: 3 },
    dense: ['1\n2\n3\n'],
  });
  itKeepsTheOperatorContract('a synchronous schema', {
    create: () => parseNdjson({ schema: tenfold }),
    chunks: { a: '1\n', b: '2\n', c: '3\n' },
    values: { x: 10, y: 20, z: 30 },
    dense: ['1\n2\n3\n'],
  });
  itKeepsTheOperatorContract('onBadLine', {
    create: () => parseNdjson({ onBadLine: (line): Observable<unknown> => of(line) }),
    chunks: { a: '1\n', b: 'two\n', c: '3\n' },
    values: { x: 1, y: 'two', z: 3 },
    dense: ['1\ntwo\n3\n'],
  });

  describe('reading', () => {
    it('joins a value over chunks and splits a chunk over values', () => {
      scheduled(({ cold, expectObservable }) => {
        const source = cold('-a-b-c---|', { a: '{"n":', b: '1}\n2', c: '2\n3\n' });
        expectObservable(source.pipe(parseNdjson())).toBe('---x-(yz)|', { x: { n: 1 }, y: 22, z: 3 });
      });
    });

    it('takes null, 0, "" and false for values', () => {
      expect(outcomeOf(of('null\n0\n""\nfalse\n').pipe(parseNdjson())).values).toEqual([null, 0, '', false]);
    });

    it('skips blank lines, lines of white space and CRLF alone', () => {
      const { values, completed } = outcomeOf(of('\n1\r\n \t \n\r\n\n2\n\n  ').pipe(parseNdjson()));
      expect(values).toEqual([1, 2]);
      expect(completed).toBe(true);
    });

    it('does not skip a line of other white space, which JSON does not allow', () => {
      expect(outcomeOf(of('\u00a0\n').pipe(parseNdjson())).error).toMatchObject({ name: 'StreamParseError' });
    });

    it('does not end a line at a lone carriage return or a Unicode line separator', () => {
      const { values } = outcomeOf(of('[1,\r2]\n"a\u2028b"\n').pipe(parseNdjson()));
      expect(values).toEqual([[1, 2], 'a\u2028b']);
    });

    it('parses a last line without a line feed when its source completes', () => {
      scheduled(({ cold, expectObservable }) => {
        expectObservable(cold('-a-|', { a: '1\n2' }).pipe(parseNdjson())).toBe('-x-(y|)', { x: 1, y: 2 });
      });
    });

    it('lets an error of its source go before a last line without a line feed', () => {
      scheduled(({ cold, expectObservable }) => {
        expectObservable(cold('-a-#', { a: '1\n2' }).pipe(parseNdjson())).toBe('-x-#', { x: 1 });
      });
    });

    it('drops one byte order mark from bytes, however it is cut', () => {
      for (const size of [1, 2, 3, 100]) {
        const source = from(chunksOf('\ufeff1\n2\n', size));
        expect(outcomeOf(source.pipe(parseNdjson())).values).toEqual([1, 2]);
      }
    });

    it('drops one byte order mark from strings', () => {
      expect(outcomeOf(of('\ufeff', '1\n').pipe(parseNdjson())).values).toEqual([1]);
    });

    it.each([
      ['plain', {}],
      ['with onBadLine', { onBadLine: 'skip' as const }],
      ['with a schema', { schema: schemaOf<unknown>((value) => ({ value })) }],
    ])('reads files that were joined, each with its byte order mark (%s)', (_, config) => {
      const joined = '\ufeff1\n2\n\ufeff3\n\ufeff\ufeff4\n\ufeff';
      for (const size of [1, 2, 3, 100]) {
        expect(outcomeOf(from(chunksOf(joined, size)).pipe(parseNdjson(config)))).toEqual({
          values: [1, 2, 3, 4],
          completed: true,
          error: undefined,
        });
      }
    });

    it('shows a byte order mark within a line that it refuses', () => {
      const { error } = outcomeOf(of('1\ufeff2\n').pipe(parseNdjson()));
      expect(error).toMatchObject({ name: 'StreamParseError', excerpt: '1\ufeff2' });
      expect((error as Error).message).toContain('got: 1\\u{feff}2');
    });

    it('keeps __proto__ keys as the own properties that they are', () => {
      const [value] = outcomeOf(of('{"__proto__":{"admin":true}}\n').pipe(parseNdjson())).values;
      expect(Object.keys(value as object)).toEqual(['__proto__']);
      expect((value as { admin?: boolean }).admin).toBeUndefined();
      expect(({} as { admin?: boolean }).admin).toBeUndefined();
    });

    it('keeps half a line of one subscription out of another', () => {
      scheduled(({ hot, expectObservable }) => {
        const result = hot('-a-b-|', { a: '1', b: '2\n' }).pipe(parseNdjson());
        expectObservable(result).toBe('---x-|', { x: 12 });
        expectObservable(result, '--^').toBe('---y-|', { y: 2 });
      });
    });

    it('keeps half a line of one subscription out of another, under a schema too', () => {
      scheduled(({ hot, expectObservable }) => {
        const result = hot('-a-b-|', { a: '1', b: '2\n' }).pipe(parseNdjson({ schema: tenfold }));
        expectObservable(result).toBe('---x-|', { x: 120 });
        expectObservable(result, '--^').toBe('---y-|', { y: 20 });
      });
    });
  });

  describe('a line that is not JSON', () => {
    it('errors with its number, offset and beginning, after the values before it, and leaves its source', () => {
      scheduled(({ hot, expectObservable, expectSubscriptions }) => {
        const source = hot('-a-b-c-|', { a: '{"é":1}\r\n\n', b: '2\nnot JSON\n3\n', c: '4\n' });
        expectObservable(source.pipe(parseNdjson())).toBe(
          '-x-(y#)',
          { x: { é: 1 }, y: 2 },
          expect.objectContaining({
            name: 'StreamParseError',
            lineNumber: 4,
            offset: 12,
            excerpt: 'not JSON',
            cause: expect.any(SyntaxError) as unknown,
          }),
        );
        expectSubscriptions(source.subscriptions).toBe('^--!');
      });
    });

    it('is told by its first 100 characters', () => {
      const { error } = outcomeOf(of(`${'x'.repeat(101)}\n`).pipe(parseNdjson()));
      expect(error).toMatchObject({ excerpt: 'x'.repeat(100) });
    });

    it('is counted anew in each subscription', () => {
      const result = of('1\nx\n').pipe(parseNdjson());
      for (const { error } of [outcomeOf(result), outcomeOf(result)]) {
        expect(error).toMatchObject({ lineNumber: 2, offset: 2 });
      }
    });

    it('is left out under onBadLine "skip", as are values that the schema does not accept', () => {
      const source = of('1\nx\n"y"\n2\n');
      expect(outcomeOf(source.pipe(parseNdjson({ onBadLine: 'skip' }))).values).toEqual([1, 'y', 2]);
      const { values, completed } = outcomeOf(
        source.pipe(parseNdjson({ schema: tenfold, onBadLine: 'skip' })),
      );
      expect(values).toEqual([10, 20]);
      expect(completed).toBe(true);
    });

    it('is replaced in its place by the values of the onBadLine function, however long these take', () => {
      scheduled(({ cold, expectObservable }) => {
        const source = cold('a|', { a: '1\nx\n2\n' });
        const onBadLine = (line: string) => timer(3).pipe(map(() => `${line}!`));
        expectObservable(source.pipe(parseNdjson({ onBadLine }))).toBe('a--(bc|)', {
          a: 1,
          b: 'x!',
          c: 2,
        });
      });
    });

    it('gives the onBadLine function the line and what is wrong with it', () => {
      const seen: [string, unknown][] = [];
      const onBadLine = (line: string, error: unknown) => {
        seen.push([line, error]);
        return EMPTY;
      };
      const source = of('1\nx\r\n"y"\n2\n').pipe(parseNdjson({ schema: tenfold, onBadLine }));
      expect(outcomeOf(source).values).toEqual([10, 20]);
      expect(seen.map(([line]) => line)).toEqual(['x', '"y"']);
      expect(isStreamParseError(seen[0]?.[1])).toBe(true);
      expect(seen[0]?.[1]).toMatchObject({ lineNumber: 2, offset: 2 });
      expect(isStreamValidationError(seen[1]?.[1])).toBe(true);
    });

    it('ends the stream with what the onBadLine function throws or its stream errors with', () => {
      const broken = new Error('the recovery broke');
      const throws = () => {
        throw broken;
      };
      for (const onBadLine of [throws, () => throwError(() => broken)]) {
        const { values, error } = outcomeOf(of('1\nx\n2\n').pipe(parseNdjson({ onBadLine })));
        expect(values).toEqual([1]);
        expect(error).toBe(broken);
      }
    });
  });

  describe('a last line that was cut', () => {
    it('errors with what is pending, after the values before it', () => {
      scheduled(({ cold, expectObservable }) => {
        const source = cold('-a-|', { a: '{"a":1}\n{"a":' });
        expectObservable(source.pipe(parseNdjson())).toBe(
          '-x-#',
          { x: { a: 1 } },
          expect.objectContaining({ name: 'StreamTruncatedError', pending: '{"a":' }),
        );
      });
    });

    it('is an error also where the cut went through a character', () => {
      const { error } = outcomeOf(of(utf8('"€').slice(0, 3)).pipe(parseNdjson()));
      expect(error).toMatchObject({ name: 'StreamTruncatedError', pending: '"\ufffd' });
    });

    it.each([
      ['skip', 'skip' as const],
      ['a function', () => of('recovered')],
    ])('is an error also under onBadLine: %s', (_, onBadLine) => {
      const { values, error } = outcomeOf(of('1\n{"a":').pipe(parseNdjson({ onBadLine })));
      expect(values).toEqual([1]);
      expect(isStreamTruncatedError(error)).toBe(true);
      expect(error).toMatchObject({ pending: '{"a":' });
    });

    it('is an error also under a schema', () => {
      const { values, error } = outcomeOf(of('1\n{"a":').pipe(parseNdjson({ schema: tenfold })));
      expect(values).toEqual([10]);
      expect(isStreamTruncatedError(error)).toBe(true);
    });
  });

  describe('schema', () => {
    it('errors with the issues and the value, after the values before it', () => {
      const { values, error } = outcomeOf(of('1\n"two"\n3\n').pipe(parseNdjson({ schema: tenfold })));
      expect(values).toEqual([10]);
      expect(isStreamValidationError(error)).toBe(true);
      expect(error).toMatchObject({ issues: [{ message: 'not a number' }], value: 'two' });
    });

    it('keeps the order of values when it answers out of order', async () => {
      const source = of('1\n4\n', '0\n3').pipe(parseNdjson({ schema: tenfoldInItsTime }));
      expect(await finalOutcomeOf(source)).toEqual({
        values: [10, 40, 0, 30],
        completed: true,
        error: undefined,
      });
    });

    it('leaves bad values out in their place when it answers late', async () => {
      const source = of('1\n"two"\nx\n3\n').pipe(
        parseNdjson({ schema: tenfoldInItsTime, onBadLine: 'skip' }),
      );
      expect((await finalOutcomeOf(source)).values).toEqual([10, 30]);
    });

    it('ends the stream with what it throws, which onBadLine has no part in', () => {
      const broken = new Error('the schema broke');
      const schema = schemaOf<number>(() => {
        throw broken;
      });
      const { error } = outcomeOf(of('1\n').pipe(parseNdjson({ schema, onBadLine: 'skip' })));
      expect(error).toBe(broken);
    });

    it('is asked for no more values of a chunk than are taken', () => {
      const asked: unknown[] = [];
      const schema = schemaOf<unknown>((value) => {
        asked.push(value);
        return { value };
      });
      expect(outcomeOf(of('1\n2\n3\n').pipe(parseNdjson({ schema }), take(1))).values).toEqual([1]);
      expect(asked).toEqual([1]);
    });
  });

  describe('parse', () => {
    const parse = (text: string): bigint => BigInt(text);

    it('makes the values instead of JSON.parse, exact over 2^53', () => {
      const { values } = outcomeOf(of('9007199254740993\n\n1').pipe(parseNdjson({ parse })));
      expect(values).toEqual([9007199254740993n, 1n]);
    });

    it('is given each line as it is, without its byte order marks, and nothing else', () => {
      const asked: unknown[][] = [];
      const config = { parse: (...all: unknown[]) => asked.push(all) };
      outcomeOf(of('\ufeff{"a":1} \r\n \nx\n').pipe(parseNdjson(config)));
      expect(asked).toEqual([['{"a":1} '], ['x']]);
    });

    it('may give undefined, which is a value as any other', () => {
      const nothing = (): undefined => undefined;
      expect(outcomeOf(of('1\n2\n').pipe(parseNdjson({ parse: nothing })))).toEqual({
        values: [undefined, undefined],
        completed: true,
        error: undefined,
      });
    });

    it('makes a bad line of what it throws on, which onBadLine decides about', () => {
      const source = of('1\nx\n2\n');
      expect(outcomeOf(source.pipe(parseNdjson({ parse })))).toMatchObject({
        values: [1n],
        error: { name: 'StreamParseError', lineNumber: 2, offset: 2, cause: { name: 'SyntaxError' } },
      });
      expect(outcomeOf(source.pipe(parseNdjson({ parse, onBadLine: 'skip' }))).values).toEqual([1n, 2n]);
      const onBadLine = (line: string) => of(BigInt(line.length));
      expect(outcomeOf(source.pipe(parseNdjson({ parse, onBadLine }))).values).toEqual([1n, 1n, 2n]);
    });

    it.each([undefined, 'skip'] as const)('tells a cut from nonsense (onBadLine: %s)', (onBadLine) => {
      const { values, error } = outcomeOf(of('1\n2x').pipe(parseNdjson({ parse, onBadLine })));
      expect(values).toEqual([1n]);
      expect(error).toMatchObject({ name: 'StreamTruncatedError', pending: '2x' });
    });

    it('comes before the schema', () => {
      const schema = schemaOf<string>((value) => ({ value: typeof value }));
      expect(outcomeOf(of('1\n').pipe(parseNdjson({ parse, schema }))).values).toEqual(['bigint']);
    });

    it('is given the text of the value of a notification', () => {
      const text = '{"kind":"N","value":9007199254740993}\n{"kind":"C"}\n';
      const { values } = outcomeOf(of(text).pipe(parseNdjson({ parse, terminal: 'notification' })));
      expect(values).toEqual([9007199254740993n]);
    });
  });

  describe('maxBufferedBytes', () => {
    const late = schemaOf<unknown>((value) => Promise.resolve({ value }));

    it('errors when more waits for a schema, after what was received', async () => {
      const source = of('1\n2\n3\n4\n5\n');
      const { values, error } = await finalOutcomeOf(
        source.pipe(parseNdjson({ schema: late, maxBufferedBytes: 250 })),
      );
      expect(values).toEqual([1, 2, 3]);
      expect(error).toMatchObject({ name: 'StreamOverflowError', limit: 250, size: 303 });
    });

    it('has no say where nothing waits', () => {
      const text = '1\n'.repeat(1_000);
      for (const config of [{}, { schema: tenfold }, { onBadLine: () => EMPTY }]) {
        const parsed = of(text).pipe(parseNdjson({ ...config, maxBufferedBytes: 1 }));
        expect(outcomeOf(parsed).values).toHaveLength(1_000);
      }
    });

    it('counts what waits for the values of onBadLine', async () => {
      const onBadLine = () => Promise.resolve(['bad']);
      const source = of('1\nx\n2\n3\n');
      const { values, error } = await finalOutcomeOf(
        source.pipe(parseNdjson({ onBadLine, maxBufferedBytes: 150 })),
      );
      expect(values).toEqual([1, ['bad'], 2]);
      expect(error).toMatchObject({ name: 'StreamOverflowError' });
    });
  });

  it('keeps the order where a line is settled late and the others at once', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('a-b-|', { a: '1\nx\n2\n', b: '3\ny\n4\n' });
      const onBadLine = (line: string) => timer(5).pipe(map(() => line));
      expectObservable(source.pipe(parseNdjson({ onBadLine }))).toBe('a----(xbc)(yd|)', {
        a: 1,
        x: 'x',
        b: 2,
        c: 3,
        y: 'y',
        d: 4,
      });
    });
  });

  describe("terminal: 'notification'", () => {
    const lines = { a: '{"kind":"N","value":1}\n', c: '{"kind":"C"}\n', e: '{"kind":"E","error":"why"}\n' };

    itReadsNotifications('plain', {});
    itReadsNotifications('with a schema', { schema: schemaOf<unknown>((value) => ({ value })) });

    function itReadsNotifications(title: string, config: NdjsonConfig<unknown>): void {
      const parse = parseNdjson({ terminal: 'notification', ...config });

      it(`completes at the completion, without waiting for the end of the source (${title})`, () => {
        scheduled(({ cold, expectObservable, expectSubscriptions }) => {
          const source = cold('-a-c--a-|', lines);
          expectObservable(source.pipe(parse)).toBe('-a-|', { a: 1 });
          expectSubscriptions(source.subscriptions).toBe('^--!');
        });
      });

      it(`errors with what the server says, after the values before it (${title})`, () => {
        const { values, error } = outcomeOf(of(lines.a + lines.e + lines.a).pipe(parse));
        expect(values).toEqual([1]);
        expect(isStreamServerError(error)).toBe(true);
        expect(error).toMatchObject({ reason: 'why' });
      });

      it(`takes the end of the source for a cut where nothing was said (${title})`, () => {
        const { values, error } = outcomeOf(of(lines.a).pipe(parse));
        expect(values).toEqual([1]);
        expect(isStreamTruncatedError(error)).toBe(true);
      });

      it(`passes the error of the source on (${title})`, () => {
        const failure = new Error('the source broke');
        scheduled(({ cold, expectObservable }) => {
          expectObservable(cold('-a-#', lines, failure).pipe(parse)).toBe('-a-#', { a: 1 }, failure);
        });
      });
    }
  });

  describe('maxLineLength', () => {
    it('lets a line of exactly that length pass and errors on one more, after the values before it', () => {
      const operator = parseNdjson({ maxLineLength: 5 });
      expect(outcomeOf(of('12345\n').pipe(operator)).values).toEqual([12345]);
      const { values, error } = outcomeOf(of('12345\n123456\n').pipe(operator));
      expect(values).toEqual([12345]);
      expect(isStreamLimitError(error)).toBe(true);
      expect(error).toMatchObject({ limit: 5, size: 6 });
    });

    it('is not a bad line that onBadLine could skip', () => {
      const { error } = outcomeOf(of('123\n1\n').pipe(parseNdjson({ maxLineLength: 2, onBadLine: 'skip' })));
      expect(isStreamLimitError(error)).toBe(true);
    });

    it.each([0, -1, NaN, '80', null])('refuses %s when it is called', (maxLineLength) => {
      expect(() => parseNdjson({ maxLineLength: maxLineLength as number })).toThrow(TypeError);
      expect(() => parseNdjson({ maxLineLength: maxLineLength as number })).toThrow(/^maxLineLength: /);
    });
  });

  it('gives what the whole text gives, whatever the chunks of bytes', () => {
    fc.assert(
      fc.property(splits(wireBytes(ndjsonWords)), ({ whole, chunks }) => {
        const expected = referenceNdjson(new TextDecoder().decode(whole));
        const { values, error } = outcomeOf(from(chunks).pipe(parseNdjson()));
        expect(values).toEqual(expected.values);
        expect((error as Error | undefined)?.name).toBe(expected.failure);
        if (isStreamParseError(error)) expect(error.lineNumber).toBe(expected.lineNumber);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('gives the same values through its second stage as without it', () => {
    const asItIs = schemaOf<unknown>((value) => ({ value }));
    fc.assert(
      fc.property(splits(wireText(ndjsonWords)), ({ chunks }) => {
        const inOne = outcomeOf(from(chunks).pipe(parseNdjson()));
        const inTwo = outcomeOf(from(chunks).pipe(parseNdjson({ schema: asItIs })));
        expect(inTwo.values).toEqual(inOne.values);
        expect((inTwo.error as Error | undefined)?.name).toBe((inOne.error as Error | undefined)?.name);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('reads an 8 MiB line in chunks of 1 KiB', { timeout: 10_000 }, () => {
    const text = 'x'.repeat(8 * 1024 * 1024);
    const source = from(chunksOf(`"${text}"\n1\n`, 1024));
    const { values } = outcomeOf(source.pipe(parseNdjson({ maxLineLength: Infinity })));
    expect(values.length).toBe(2);
    expect(values[0] === text).toBe(true);
  });

  it('reads 300 000 chunks of one byte', { timeout: 10_000 }, () => {
    const text = 'y'.repeat(299_995);
    const { values } = outcomeOf(from(chunksOf(`"${text}"\n1\n`, 1)).pipe(parseNdjson()));
    expect(values.length).toBe(2);
    expect(values[0] === text).toBe(true);
  });
});
