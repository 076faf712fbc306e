import fc from 'fast-check';
import { isStreamParseError, isStreamServerError, isStreamTruncatedError } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { isBlank, parseJsonText } from '../../src/protocol/jsonLine';
import { ndjsonCompletion, ndjsonFailure, ndjsonNext } from '../../src/protocol/notification';
import { ndjsonDecoder } from '../../src/protocol/ndjsonDecoder';
import { ndjsonLine } from '../../src/protocol/ndjsonLine';
import type { JsonLine } from '../../src/protocol/jsonLine';
import { ndjsonWords } from '../support/ndjsonWords';
import { recordingSink } from '../support/recordingSink';
import { referenceNdjson } from '../support/referenceNdjson';
import { splits } from '../support/splits';
import { wireText } from '../support/wireBytes';

interface Read<T> {
  readonly values: readonly T[];
  readonly error: unknown;
}

interface ReadNotifications extends Read<unknown> {
  readonly completed: boolean;
}

/** What lines that are notifications come to. */
function readNotifications(...chunks: string[]): ReadNotifications {
  const sink = recordingSink<unknown>();
  const read = (...line: JsonLine): void => {
    sink.next(parseJsonText(...line));
  };
  const { push, end } = ndjsonDecoder(sink, read, undefined, true);
  let error: unknown;
  try {
    chunks.forEach(push);
    if (!sink.closed) end();
  } catch (reason) {
    error = reason;
  }
  return { values: sink.values, completed: sink.completed, error };
}

function readAll<T>(
  chunks: readonly string[],
  read: (...line: JsonLine) => T,
  maxLineLength?: number,
): Read<T> {
  const sink = recordingSink<T>();
  const { push, end } = ndjsonDecoder(
    sink,
    (...line) => {
      sink.next(read(...line));
    },
    maxLineLength,
  );
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

describe('parseJsonText', () => {
  it('gives the value of a line, null as well as any other', () => {
    expect(parseJsonText('{"a":[1,"é"]}', 1, 0, true)).toEqual({ a: [1, 'é'] });
    expect(parseJsonText('null', 1, 0, true)).toBeNull();
    expect(parseJsonText(' 0 ', 1, 0, true)).toBe(0);
  });

  it('asks the function that is given instead of JSON.parse, and keeps what it throws as the cause', () => {
    expect(parseJsonText('9007199254740993', 1, 0, true, BigInt)).toBe(9007199254740993n);
    expect(thrownBy(() => parseJsonText('x', 1, 0, true, BigInt))).toMatchObject({
      name: 'StreamParseError',
      cause: { name: 'SyntaxError' },
    });
    expect(thrownBy(() => parseJsonText('x', 1, 0, false, BigInt))).toMatchObject({
      name: 'StreamTruncatedError',
      cause: { name: 'SyntaxError' },
    });
  });

  it('tells a whole line that is wrong by its place', () => {
    const error = thrownBy(() => parseJsonText('{a:1}', 7, 99, true));
    expect(isStreamParseError(error)).toBe(true);
    expect(error).toMatchObject({
      lineNumber: 7,
      offset: 99,
      excerpt: '{a:1}',
      cause: { name: 'SyntaxError' },
    });
  });

  it('takes a line that nothing ended for a stream that was cut, and holds it', () => {
    const error = thrownBy(() => parseJsonText('{"a":', 7, 99, false));
    expect(isStreamTruncatedError(error)).toBe(true);
    expect(error).toMatchObject({
      message: 'The stream ended without the rest of its last line',
      pending: '{"a":',
      cause: { name: 'SyntaxError' },
    });
  });
});

describe('ndjsonDecoder', () => {
  const asLine = (...line: JsonLine): JsonLine => line;

  it('gives each line that is not blank its number, its offset and whether it was ended', () => {
    expect(readAll(['1\r\n\n', ' \n"é', '"\n4'], asLine).values).toEqual([
      ['1', 1, 0, true],
      ['"é"', 4, 6, true],
      ['4', 5, 10, false],
    ]);
  });

  it('drops byte order marks at the beginning of a line, and there only', () => {
    const mark = '\ufeff';
    expect(
      readAll([`${mark}1\n${mark}${mark}2\n${mark}\n${mark} \n${mark}"${mark}"`], asLine).values,
    ).toEqual([
      ['1', 1, 1, true],
      ['2', 2, 5, true],
      [`"${mark}"`, 5, 13, false],
    ]);
  });

  it('does not read a blank last line', () => {
    expect(readAll(['1\n', ' \t'], parseJsonText)).toEqual({ values: [1], error: undefined });
  });

  it('stops in the middle of a chunk when its sink closes, and reads no further line', () => {
    const sink = recordingSink<unknown>(1);
    const { push } = ndjsonDecoder(sink, (...line) => {
      sink.next(parseJsonText(...line));
    });
    push('1\nnot JSON\n');
    expect(sink.values).toEqual([1]);
  });

  it('holds lines to the limit it is given', () => {
    expect(readAll(['123\n1234\n'], parseJsonText, 3)).toMatchObject({
      values: [123],
      error: { name: 'StreamLimitError', limit: 3, size: 4 },
    });
  });

  it('gives what the whole text gives, wherever it is cut', () => {
    fc.assert(
      fc.property(splits(wireText(ndjsonWords)), ({ whole, chunks }) => {
        const expected = referenceNdjson(whole);
        const { values, error } = readAll(chunks, parseJsonText);
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
          expect(readAll(chunks, parseJsonText)).toEqual({ values: asJson, error: undefined });
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('notifications', () => {
  const whole = ndjsonNext({ a: '}' }) + ndjsonNext(null) + ndjsonNext('{"kind":"C"}') + ndjsonCompletion();
  const values = [{ a: '}' }, null, '{"kind":"C"}'];

  it('are written as RxJS has them', () => {
    expect(
      whole
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { kind: 'N', value: { a: '}' } },
      { kind: 'N', value: null },
      { kind: 'N', value: '{"kind":"C"}' },
      { kind: 'C' },
    ]);
    expect(ndjsonFailure('a "b"\nc')).toBe('{"kind":"E","error":"a \\"b\\"\\nc"}\n');
  });

  it('give their values and complete at the last one, wherever they are cut', () => {
    for (let place = 0; place <= whole.length; place++) {
      const read = readNotifications(whole.slice(0, place), whole.slice(place));
      expect(read).toEqual({ values, completed: true, error: undefined });
    }
  });

  it('are over at the completion: what follows is not looked at, not even in the same chunk', () => {
    const after = [ndjsonNext('late'), 'nonsense\n', ndjsonFailure('late'), '{"kind":"N","va'];
    for (const text of after) {
      expect(readNotifications(whole + text)).toEqual({ values, completed: true, error: undefined });
    }
  });

  it('are complete without a line feed after the last one', () => {
    expect(readNotifications(whole.trimEnd())).toEqual({ values, completed: true, error: undefined });
  });

  it('throw what the server says went wrong, after the values before it', () => {
    const read = readNotifications(ndjsonNext(1) + ndjsonFailure('out of "paper"\n😀') + ndjsonNext(2));
    expect(read).toMatchObject({ values: [1], completed: false });
    expect(isStreamServerError(read.error)).toBe(true);
    expect(read.error).toMatchObject({ reason: 'out of "paper"\n😀' });
  });

  it.each([
    ['nothing at all', '', [], 'its last notification'],
    ['values alone', ndjsonNext(1) + ndjsonNext(2), [1, 2], 'its last notification'],
    [
      'values, the last without a line feed',
      ndjsonNext(1) + ndjsonNext(2).trimEnd(),
      [1, 2],
      'its last notification',
    ],
    ['half a value', `${ndjsonNext(1)}{"kind":"N","val`, [1], 'the rest of its last line'],
    ['a value but for the last brace', `{"kind":"N","value":{"a":1}`, [], 'the rest of its last line'],
    ['half a completion', `${ndjsonNext(1)}{"kind":"C"`, [1], 'the rest of its last line'],
    ['half a failure', `${ndjsonNext(1)}{"kind":"E","error":"out of`, [1], 'the rest of its last line'],
  ])('know %s for a stream that was cut, and say what is missing', (_, text, before, missing) => {
    const read = readNotifications(text);
    expect(read).toMatchObject({ values: before, completed: false });
    expect(isStreamTruncatedError(read.error)).toBe(true);
    expect(read.error).toMatchObject({ message: `The stream ended without ${missing}` });
  });

  it.each([
    ' {"kind":"N","value":1} ',
    '{ "kind" : "N" , "value" : 1 }',
    '\t{"kind":\t"N","value":\t1\t}\t\r',
    '{"kind": "N", "value": 1}\r',
  ])('may hold white space as JSON has it: %j', (line) => {
    expect(readNotifications(`${line}\n${ndjsonCompletion()}`)).toMatchObject({
      values: [1],
      completed: true,
    });
  });

  it('may hold white space in a completion, too', () => {
    expect(readNotifications(`${ndjsonNext(1)} {\t"kind" : "C" } \r\n`)).toMatchObject({
      values: [1],
      completed: true,
    });
  });

  it('leave blank lines out', () => {
    expect(readNotifications(`\n${ndjsonNext(1)}\r\n \n${ndjsonCompletion()}`)).toMatchObject({
      values: [1],
      completed: true,
    });
  });

  it.each([
    '1',
    'null',
    '{"value":1}',
    '{"kind":"X","value":1}',
    '{"kind":"n","value":1}',
    '[{"kind":"C"}]',
    '{"kind":"N","value":1}}',
    '{"kind":"N","value":}',
    '{"kind":"N"}',
    '{"kind":"N","value":1',
    '{"kind":"C"',
    '{"kind":"C"}}',
    '{"kind":"E"}',
    '{"kind":"E","error":oops}',
    '{"kind":"E","value":"oops"}',
    '{"kind":"N","error":1}',
    'nonsense',
  ])('refuse the line %j with its place, after the values before it', (line) => {
    const { values: before, error } = readNotifications(`${ndjsonNext(1)}\n${line}\n${ndjsonCompletion()}`);
    expect(before).toEqual([1]);
    expect(isStreamParseError(error)).toBe(true);
    expect(error).toMatchObject({ lineNumber: 3, offset: 24 });
  });

  it.each([
    ['null', 'null'],
    ['a number', '5'],
    ['an object', '{"toString":1}'],
    ['an array', '["x"]'],
    ['deep arrays', `${'['.repeat(400)}"x"${']'.repeat(400)}`],
    ['half a string', '"x'],
    ['two strings', '"x","y"'],
  ])('refuse %s as the reason of a failure', (_, reason) => {
    const line = `{"kind":"E","error":${reason}}`;
    for (const text of [`${line}\n`, ` { "kind" : "E" , "error" : ${reason} } \r\n`]) {
      const { error } = readNotifications(ndjsonNext(1) + text);
      expect(error).toMatchObject({ name: 'StreamParseError', lineNumber: 2 });
      expect((error as Error).message).toMatch(/^Expected a notification in line 2, got: /);
    }
    // Without its line feed it may be the beginning of more.
    expect(readNotifications(line).error).toMatchObject({ name: 'StreamTruncatedError', pending: line });
  });

  it('drop byte order marks at the beginning of a line', () => {
    expect(readNotifications(`\ufeff${ndjsonNext(1)}\ufeff${ndjsonCompletion()}`)).toEqual({
      values: [1],
      completed: true,
      error: undefined,
    });
  });

  it('say what was expected of a line that is none', () => {
    const { error } = readNotifications('{"a":1}\n');
    expect((error as Error).message).toBe('Expected a notification in line 1, got: {"a":1}');
  });

  it('name the index of a value that JSON cannot express', () => {
    expect(() => ndjsonNext(undefined, 41)).toThrow(/^value 41: /);
    expect(() => ndjsonNext(1n, 41)).toThrow(TypeError);
  });

  it('are read back as the values that were written, wherever they are cut', () => {
    const written = fc.array(fc.jsonValue()).chain((sent) =>
      splits(fc.constant(sent.map(ndjsonNext).join('') + ndjsonCompletion())).map(({ chunks }) => ({
        sent,
        chunks,
      })),
    );
    fc.assert(
      fc.property(written, ({ sent, chunks }) => {
        const asJson = sent.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
        expect(readNotifications(...chunks)).toEqual({ values: asJson, completed: true, error: undefined });
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('take linear time over a line that is made to be hard', { timeout: 5_000 }, () => {
    for (const filling of ['}', ' ', '} ', '{"kind":"N","value":', ',"value":']) {
      const line = `{"kind":"N","value":${filling.repeat(200_000)}x`;
      expect(isStreamParseError(readNotifications(`${line}\n`).error)).toBe(true);
    }
  });
});
