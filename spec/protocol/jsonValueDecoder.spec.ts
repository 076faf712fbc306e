import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValueDecoder } from '../../src/protocol/jsonValueDecoder';
import { jsonValue } from '../support/jsonValue';
import { recordingSink } from '../support/recordingSink';
import { splits } from '../support/splits';
import { thrownBy } from '../support/thrownBy';

interface Split {
  readonly values: readonly string[];
  readonly error: unknown;
}

function split(chunks: readonly string[], elements = false, maxValueLength?: number): Split {
  const sink = recordingSink<string>();
  const { push, end } = jsonValueDecoder(sink, elements, maxValueLength);
  const error = thrownBy(() => {
    chunks.forEach(push);
    end();
  });
  return { values: sink.values, error };
}

const whole = (...values: string[]): Split => ({ values, error: undefined });

/** In one chunk, in chunks of one character, and cut in two anywhere. */
function itSplits(text: string, expected: object, elements = false): void {
  expect(split([text], elements)).toMatchObject(expected);
  expect(
    split(
      Array.from({ length: text.length }, (_, at) => text[at]!),
      elements,
    ),
  ).toMatchObject(expected);
  for (let at = 1; at < text.length; at++) {
    expect(split([text.slice(0, at), text.slice(at)], elements)).toMatchObject(expected);
  }
}

describe('jsonValueDecoder', () => {
  it.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['white space', ' \t\r\n', []],
    ['values one after another', '{"a":1}{"b":2}[3]"4"', ['{"a":1}', '{"b":2}', '[3]', '"4"']],
    ['lines', '{"a":1}\n{"b":2}\r\n\n', ['{"a":1}', '{"b":2}']],
    ['values over many lines', '{\n  "a": [\n    1\n  ]\n}\n[\n]', ['{\n  "a": [\n    1\n  ]\n}', '[\n]']],
    ['numbers and literals', '1 true\nnull\t-2.5e3 false', ['1', 'true', 'null', '-2.5e3', 'false']],
    [
      'numbers and literals beside other values',
      '1"a"true[2]{}null',
      ['1', '"a"', 'true', '[2]', '{}', 'null'],
    ],
    ['brackets and quotes in strings', '{"]":"}\\""}"[\\\\""{"', ['{"]":"}\\""}', '"[\\\\"', '"{"']],
    ['records', '\x1e{"a":1}\n\x1e\x1e2\n\x1e"b"\n', ['{"a":1}', '2', '"b"']],
    ['values before records', '1 \x1e[2]', ['1', '[2]']],
    ['byte order marks between values', '\ufeff1\ufeff{}\n\ufeff[]\ufeff', ['1', '{}', '[]']],
    ['literals that nothing separates', 'truefalse 12null ', ['truefalse', '12null']],
    [
      'deep nesting',
      `${'[{"a":'.repeat(100)}1${'}]'.repeat(100)}2`,
      [`${'[{"a":'.repeat(100)}1${'}]'.repeat(100)}`, '2'],
    ],
    ['what is not JSON within brackets', '{a:1,}[,](]'.slice(0, 9), ['{a:1,}', '[,]']],
  ])('splits %s', (_, text, values) => {
    itSplits(text, whole(...values));
  });

  it.each<[string, string, string[], string]>([
    ['an object', '1 {"a":', ['1'], '{"a":'],
    ['an array', '[1]\n[2', ['[1]'], '[2'],
    ['a string', '"a" "b\\"', ['"a"'], '"b\\"'],
    ['a literal', '1 tru', ['1'], 'tru'],
    ['a number', '1 -', ['1'], '-'],
    ['a number after its point', '1 2.', ['1'], '2.'],
    ['a literal that is not one', '1 truefalse', ['1'], 'truefalse'],
    ['a record', '\x1e[1]\n\x1e[2', ['[1]'], '[2'],
    ['a record, before the next', '\x1e[1,2\x1e[3]\n', [], '[1,2'],
    ['a string of a record', '\x1e"ab\x1e[3]\n', [], '"ab'],
    ['a number of a record, before the next', '\x1e12\x1e3\n', [], '12'],
    ['a number that ends with its record, or does not', '\x1e1\n\x1e2', ['1'], '2'],
  ])('knows text that ends within %s for text that was cut', (_, text, values, pending) => {
    itSplits(text, { values, error: { name: 'StreamTruncatedError', pending } });
  });

  it.each<[string, string, string[], number, number]>([
    ['a comma between values', '1,2', ['1'], 1, 1],
    ['a bracket that was not opened', '{}\n}', ['{}'], 3, 2],
    ['a bracket that was not opened behind a number', '1]', ['1'], 1, 1],
    ['a bracket of the other kind', '{"a":[1}', [], 7, 1],
    ['a brace for a bracket', '{}\r\n[\n{]', ['{}'], 7, 3],
    ['text', '1\noops', ['1'], 2, 2],
    ['markup', '<html>', [], 0, 1],
    ['a colon', '"a":1', ['"a"'], 3, 1],
    ['other white space', '1 \u00a02', ['1'], 2, 1],
  ])('refuses %s with its place', (_, text, values, offset, lineNumber) => {
    itSplits(text, { values, error: { name: 'StreamParseError', offset, lineNumber } });
    const { error } = split([text]);
    expect(error).toMatchObject({ excerpt: text.slice(offset) });
  });

  it('says what it expected', () => {
    expect(split(['<html>']).error).toMatchObject({
      message: 'Expected a JSON value in line 1, got: <html>',
    });
    expect(split(['[}']).error).toMatchObject({
      message: 'Expected a bracket that matches in line 1, got: }',
    });
    expect(split(['1 2'], true).error).toMatchObject({ message: 'Expected an array in line 1, got: 1 2' });
  });

  describe('the elements of an array', () => {
    it.each<[string, string, string[]]>([
      ['none', ' [ ] ', []],
      ['one', '[1]', ['1']],
      ['some of each kind', '[1,"a", [2,3] ,\n{"b":[4]},null]\n', ['1', '"a"', '[2,3]', '{"b":[4]}', 'null']],
      ['after a byte order mark', '\ufeff[1]\ufeff', ['1']],
    ])('are split (%s)', (_, text, values) => {
      itSplits(text, whole(...values), true);
    });

    it.each<[string, string, string[], string]>([
      ['nothing', '', [], ''],
      ['white space alone', ' \n', [], ''],
      ['the opening bracket', '[', [], ''],
      ['an element', '[1,{"a"', ['1'], '{"a"'],
      ['a number that may go on', '[1,2', ['1'], '2'],
      ['a comma', '[1,', ['1'], ''],
      ['the last element', '[[1],[2]', ['[1]', '[2]'], ''],
    ])('were cut where the text ends with %s', (_, text, values, pending) => {
      itSplits(text, { values, error: { name: 'StreamTruncatedError', pending } }, true);
    });

    it.each<[string, string, string[], number]>([
      ['an object', '{"a":1}', [], 0],
      ['a number', '1', [], 0],
      ['a comma without a value before it', '[,1]', [], 1],
      ['a comma without a value after it', '[1,]', ['1'], 3],
      ['two commas', '[1,,2]', ['1'], 3],
      ['no comma', '[1 2]', ['1'], 3],
      ['no comma between strings', '["a""b"]', ['"a"'], 4],
      ['text after the array', '[1] x', ['1'], 4],
      ['another array', '[1][2]', ['1'], 3],
      ['a bracket of the other kind', '[1}', ['1'], 2],
      ['a record separator', '[1,\x1e2]', ['1'], 3],
    ])('are refused with %s', (_, text, values, offset) => {
      itSplits(text, { values, error: { name: 'StreamParseError', offset } }, true);
    });
  });

  describe('maxValueLength', () => {
    it.each([['"123"'], ['[1,2]'], ['12345'], ['{  }\n']])(
      'lets a value of exactly that length pass, and none longer (%j)',
      (text) => {
        const { length } = text.trim();
        const around = ` ${' '.repeat(100)}${text} `;
        expect(split([around], false, length)).toEqual(whole(text.trim()));
        for (const chunks of [[`1 ${around}2`], Array.from(`1 ${around}2`)]) {
          expect(split(chunks, false, length - 1)).toMatchObject({
            values: ['1'],
            error: { name: 'StreamLimitError', limit: length - 1 },
          });
        }
      },
    );

    it('is of each element', () => {
      expect(split(['[123,456,789]'], true, 3)).toEqual(whole('123', '456', '789'));
      expect(split(['[123,4567,8]'], true, 3)).toMatchObject({
        values: ['123'],
        error: { name: 'StreamLimitError', size: 4 },
      });
    });

    it('holds for a value that never ends, in chunks', () => {
      const sink = recordingSink<string>();
      const { push } = jsonValueDecoder(sink, false, 1_000);
      let pushed = 0;
      expect(() => {
        for (; pushed < 100; pushed++) push('['.repeat(100));
      }).toThrow(expect.objectContaining({ name: 'StreamLimitError', size: 1_100 }) as Error);
      expect(pushed).toBe(10);
    });

    it('is 16 Mi if omitted', () => {
      const length = 16 * 1024 * 1024;
      expect(split([`"${'x'.repeat(length)}"`]).error).toMatchObject({ limit: length, size: length + 2 });
    });
  });

  it('stops in the middle of a chunk when its sink closes', () => {
    for (const text of ['1 2}', '[1][2]}', '"1""2"}']) {
      const sink = recordingSink<string>(1);
      jsonValueDecoder(sink).push(text);
      expect(sink.values).toHaveLength(1);
    }
  });

  const separator = fc.constantFrom(' ', '\n', '\r\n', '\t', '\n\x1e', '\ufeff', ' \n\n ');
  const printed = fc
    .tuple(jsonValue, fc.constantFrom(undefined, 2, '\t'))
    .map(([value, indentation]) => JSON.stringify(value, null, indentation));

  it('gives the texts that were put together, whatever separates them and wherever they are cut', () => {
    const texts = fc
      .array(fc.tuple(printed, fc.option(separator, { nil: '' })), { maxLength: 6 })
      .chain((parts) => {
        const isScalar = (text = ''): boolean => /^[^["{]/.test(text);
        // Two numbers or literals are one without anything between them.
        const text = parts
          .map(
            ([value, between], index) =>
              `${value}${between || (isScalar(value) && isScalar(parts[index + 1]?.[0]) ? ' ' : '')}`,
          )
          .join('');
        return splits(fc.constant(text)).map(({ chunks }) => ({ parts, chunks, text }));
      });
    fc.assert(
      fc.property(texts, ({ parts, chunks, text }) => {
        // A number or literal at the end of a record needs white space.
        const ended = text.includes('\x1e') ? [...chunks, '\n'] : chunks;
        expect(split(ended)).toEqual(whole(...parts.map(([value]) => value)));
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('gives the elements of an array, wherever it is cut', () => {
    const arrays = fc
      .tuple(fc.array(printed, { maxLength: 6 }), fc.constantFrom('', ' ', '\n  '))
      .chain(([values, space]) =>
        splits(fc.constant(`${space}[${space}${values.join(`${space},${space}`)}${space}]${space}`)).map(
          ({ chunks }) => ({
            values,
            chunks,
          }),
        ),
      );
    fc.assert(
      fc.property(arrays, ({ values, chunks }) => {
        expect(split(chunks, true)).toEqual(whole(...values));
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('gives the same of any text, wherever it is cut', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        '\\',
        ',',
        ':',
        ' ',
        '\n',
        '1',
        'true',
        'x',
        '\x1e',
        '\ufeff',
      ),
    });
    fc.assert(
      fc.property(splits(text), fc.boolean(), ({ whole, chunks }, elements) => {
        const inOne = split([whole], elements);
        const inMany = split(chunks, elements);
        expect(inMany.values).toEqual(inOne.values);
        const told = ({ error }: Split): unknown[] => {
          const { name, offset, lineNumber, pending } = (error ?? {}) as Record<string, unknown>;
          return [name, offset, lineNumber, pending];
        };
        expect(told(inMany)).toEqual(told(inOne));
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
