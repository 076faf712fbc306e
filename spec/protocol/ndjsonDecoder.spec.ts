import fc from 'fast-check';
import { isStreamParseError } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { parseJsonText } from '../../src/protocol/jsonLine';
import type { JsonLine } from '../../src/protocol/jsonLine';
import { ndjsonDecoder } from '../../src/protocol/ndjsonDecoder';
import { ndjsonWords } from '../support/ndjsonWords';
import { readNdjson } from '../support/readNdjson';
import { recordingSink } from '../support/recordingSink';
import { referenceNdjson } from '../support/referenceNdjson';
import { splits } from '../support/splits';
import { wireText } from '../support/wireBytes';

describe('ndjsonDecoder', () => {
  const asLine = (...line: JsonLine): JsonLine => line;

  it('gives each line that is not blank its number, its offset and whether it was ended', () => {
    expect(readNdjson(['1\r\n\n', ' \n"é', '"\n4'], asLine).values).toEqual([
      ['1', 1, 0, true],
      ['"é"', 4, 6, true],
      ['4', 5, 10, false],
    ]);
  });

  it('drops byte order marks at the beginning of a line, and there only', () => {
    const mark = '\ufeff';
    expect(
      readNdjson([`${mark}1\n${mark}${mark}2\n${mark}\n${mark} \n${mark}"${mark}"`], asLine).values,
    ).toEqual([
      ['1', 1, 1, true],
      ['2', 2, 5, true],
      [`"${mark}"`, 5, 13, false],
    ]);
  });

  it('passes on the lines that are not usual if it parses the others, with their places', () => {
    const texts: JsonLine[] = [];
    const note = (...line: JsonLine): number => texts.push(line);
    readNdjson(['1\n\n 2\n{"a":\n3\n', '4', '5\n6\n\ufeff7\n8'], note, { parses: true });
    expect(texts).toEqual([
      [' 2', 3, 3, true],
      ['{"a":', 4, 6, true],
      ['45', 6, 14, true],
      ['7', 8, 20, true],
      ['8', 9, 22, false],
    ]);
  });

  it('does not read a blank last line', () => {
    expect(readNdjson(['1\n', ' \t'], parseJsonText)).toEqual({ values: [1], error: undefined });
  });

  it.each([false, true])('stops when its sink closes, and reads no further line (parses: %s)', (parses) => {
    const sink = recordingSink<unknown>(1);
    const take = (...line: JsonLine): void => {
      sink.next(parseJsonText(...line));
    };
    const { push } = ndjsonDecoder(sink, take, { parses });
    push('1\nnot JSON\n');
    expect(sink.values).toEqual([1]);
  });

  it.each([false, true])('holds lines to the limit it is given (parses: %s)', (parses) => {
    expect(readNdjson(['123\n1234\n'], parseJsonText, { maxLineLength: 3, parses })).toMatchObject({
      values: [123],
      error: { name: 'StreamLimitError', limit: 3, size: 4 },
    });
  });

  it.each([false, true])('gives what the whole text gives, wherever it is cut (parses: %s)', (parses) => {
    fc.assert(
      fc.property(splits(wireText(ndjsonWords)), ({ whole, chunks }) => {
        const expected = referenceNdjson(whole);
        const { values, error } = readNdjson(chunks, parseJsonText, { parses });
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
