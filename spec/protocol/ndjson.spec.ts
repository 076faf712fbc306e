import fc from 'fast-check';
import { isStreamParseError, isStreamTruncatedError } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { isBlank, ndjsonDecoder, ndjsonLine, parseJsonLine } from '../../src/protocol/ndjson';
import type { JsonLine } from '../../src/protocol/ndjson';
import { ndjsonWords } from '../support/ndjsonWords';
import { recordingSink } from '../support/recordingSink';
import { referenceNdjson } from '../support/referenceNdjson';
import { splits } from '../support/splits';
import { wireText } from '../support/wireBytes';

interface Read<T> {
  readonly values: readonly T[];
  readonly error: unknown;
}

function readAll<T>(
  chunks: readonly string[],
  read: (...line: JsonLine) => T,
  maxLineLength?: number,
): Read<T> {
  const sink = recordingSink<T>();
  const { push, end } = ndjsonDecoder(sink, read, maxLineLength);
  try {
    chunks.forEach(push);
    end();
  } catch (error) {
    return { values: sink.values, error };
  }
  return { values: sink.values, error: undefined };
}

const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('isBlank', () => {
  it.each(['', ' ', '\t', '\r', '\n', ' \t\r\n '])('is true of %j', (text) => {
    expect(isBlank(text)).toBe(true);
  });

  it.each(['0', ' x ', '\u00a0', '\ufeff', '\u2028', '\v', '\f', '\0'])('is false of %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('parseJsonLine', () => {
  it('gives the value of a line, null as well as any other', () => {
    expect(parseJsonLine('{"a":[1,"é"]}', 1, 0, true)).toEqual({ a: [1, 'é'] });
    expect(parseJsonLine('null', 1, 0, true)).toBeNull();
    expect(parseJsonLine(' 0 ', 1, 0, true)).toBe(0);
  });

  it('tells a whole line that is wrong by its place', () => {
    const error = thrownBy(() => parseJsonLine('{a:1}', 7, 99, true));
    expect(isStreamParseError(error)).toBe(true);
    expect(error).toMatchObject({
      lineNumber: 7,
      offset: 99,
      excerpt: '{a:1}',
      cause: { name: 'SyntaxError' },
    });
  });

  it('takes a line that nothing ended for a stream that was cut, and holds it', () => {
    const error = thrownBy(() => parseJsonLine('{"a":', 7, 99, false));
    expect(isStreamTruncatedError(error)).toBe(true);
    expect(error).toMatchObject({ pending: '{"a":', cause: { name: 'SyntaxError' } });
  });
});

describe('ndjsonDecoder', () => {
  const asLine = (...line: JsonLine): JsonLine => line;

  it('gives each line its number, its offset and whether it was ended; blank lines are counted', () => {
    expect(readAll(['1\r\n\n', ' \n"é', '"\n4'], asLine).values).toEqual([
      ['1', 1, 0, true],
      ['"é"', 4, 6, true],
      ['4', 5, 10, false],
    ]);
  });

  it('does not read a blank last line', () => {
    expect(readAll(['1\n', ' \t'], parseJsonLine)).toEqual({ values: [1], error: undefined });
  });

  it('stops in the middle of a chunk when its sink closes, and reads no further line', () => {
    const sink = recordingSink<unknown>(1);
    const { push } = ndjsonDecoder(sink, parseJsonLine);
    push('1\nnot JSON\n');
    expect(sink.values).toEqual([1]);
  });

  it('holds lines to the limit it is given', () => {
    expect(readAll(['123\n1234\n'], parseJsonLine, 3)).toMatchObject({
      values: [123],
      error: { name: 'StreamLimitError', limit: 3, size: 4 },
    });
  });

  it('gives what the whole text gives, wherever it is cut', () => {
    fc.assert(
      fc.property(splits(wireText(ndjsonWords)), ({ whole, chunks }) => {
        const expected = referenceNdjson(whole);
        const { values, error } = readAll(chunks, parseJsonLine);
        expect(values).toEqual(expected.values);
        expect((error as Error | undefined)?.name).toBe(expected.failure);
        if (isStreamParseError(error)) {
          expect(error.lineNumber).toBe(expected.lineNumber);
          expect(whole.slice(0, error.offset).split('\n')).toHaveLength(error.lineNumber);
          expect(whole.startsWith(error.excerpt, error.offset)).toBe(true);
        }
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

describe('ndjsonLine', () => {
  it('is one line, whatever line breaks the value has', () => {
    expect(ndjsonLine({ text: 'a\nb\r\nc' })).toBe('{"text":"a\\nb\\r\\nc"}\n');
    expect(ndjsonLine(null)).toBe('null\n');
  });

  const cycle: { self?: unknown } = {};
  cycle.self = cycle;

  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a cycle', cycle],
    ['a BigInt', 1n],
    [
      'a toJSON that throws',
      {
        toJSON() {
          throw new RangeError('no');
        },
      },
    ],
  ])('refuses %s with a TypeError that names the index', (_, value) => {
    const refused = () => ndjsonLine(value, 41);
    expect(refused).toThrow(TypeError);
    expect(refused).toThrow(/^value 41: /);
  });

  it('keeps what JSON said as the cause', () => {
    expect(thrownBy(() => ndjsonLine(1n))).toMatchObject({ cause: { name: 'TypeError' } });
  });

  it('is read back as the values that were written, wherever it is cut', () => {
    const written = fc
      .array(fc.jsonValue())
      .map((values) => ({ values, text: values.map(ndjsonLine).join('') }));
    fc.assert(
      fc.property(
        written.chain(({ values, text }) =>
          splits(fc.constant(text)).map(({ chunks }) => ({ values, chunks })),
        ),
        ({ values, chunks }) => {
          const asJson = values.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
          expect(readAll(chunks, parseJsonLine)).toEqual({ values: asJson, error: undefined });
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });
});
