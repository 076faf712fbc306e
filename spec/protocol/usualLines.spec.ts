import { describe, expect, it } from 'vitest';
import { MAX_DEPTH } from '../../src/protocol/nesting';
import { readUsualLines } from '../../src/protocol/usualLines';
import { recordingSink } from '../support/recordingSink';

/** The values of the usual lines of a text, what they leave of it, and the number of lines that were read. */
function read(
  text: string,
  { from = 0, maxLineLength = Infinity, values: most = Infinity } = {},
): { values: readonly unknown[]; rest: string; lineNumber: number } {
  const sink = recordingSink<unknown>(most);
  const count = { lineNumber: 2 };
  const place = readUsualLines(text, from, sink, maxLineLength, count);
  return { values: sink.values, rest: text.slice(place), lineNumber: count.lineNumber };
}

describe('Usual lines', () => {
  it('are parsed, and counted', () => {
    expect(read('x\n{"a":1}\n"b" \r\n-1\n[]\nnull\n', { from: 2 })).toEqual({
      values: [{ a: 1 }, 'b', -1, [], null],
      rest: '',
      lineNumber: 7,
    });
  });

  it.each<[name: string, line: string]>([
    ['a blank line', '\n'],
    ['a blank line that ends in CRLF', '\r\n'],
    ['a line that begins with a space', ' 1\n'],
    ['a line that begins with a byte order mark', '\ufeff1\n'],
    ['a line that is not JSON', '{"a":\n'],
    ['a line with two values', '1,2\n'],
    ['a line with as many brackets as JSON.parse may not be given', `${'['.repeat(MAX_DEPTH + 1)}\n`],
  ])('are followed by a line that is left: %s', (_, line) => {
    expect(read(`1\n${line}`)).toEqual({ values: [1], rest: line, lineNumber: 3 });
    expect(read(`1\n${line}\n2\n`)).toEqual({ values: [1], rest: `${line}\n2\n`, lineNumber: 3 });
  });

  it('are followed by an unfinished line that is left', () => {
    expect(read('1\n12')).toEqual({ values: [1], rest: '12', lineNumber: 3 });
  });

  it('are as long as the limit allows, without the line feed', () => {
    expect(read('123\n1234\n5\n', { maxLineLength: 3 })).toEqual({
      values: [123],
      rest: '1234\n5\n',
      lineNumber: 3,
    });
  });

  it('are left when the consumer has gone', () => {
    expect(read('1\n2\n3\n', { values: 2 })).toEqual({ values: [1, 2], rest: '3\n', lineNumber: 4 });
  });
});
