import fc from 'fast-check';
import { StreamLimitError } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MAX_LENGTH } from '../../src/protocol/limits';
import { lineDecoder } from '../../src/protocol/lineDecoder';
import { recordingSink } from '../support/recordingSink';
import { splits } from '../support/splits';
import { wireText } from '../support/wireBytes';
import { thrownBy } from '../support/thrownBy';

interface Lines {
  readonly lines: readonly string[];
  readonly offsets: readonly number[];
  readonly error: unknown;
}

function linesOf(chunks: readonly string[], maxLineLength?: number): Lines {
  const lines: string[] = [];
  const offsets: number[] = [];
  const sink = {
    closed: false,
    next(line: string, offset: number) {
      lines.push(line);
      offsets.push(offset);
    },
  };
  const { push, end } = lineDecoder(sink, { maxLineLength });
  const error = thrownBy(() => {
    chunks.forEach(push);
    end();
  });
  return { lines, offsets, error };
}

describe('lineDecoder', () => {
  it('splits at line feeds and keeps blank lines', () => {
    expect(linesOf(['a\n\nb\n']).lines).toEqual(['a', '', 'b']);
  });

  it('takes one carriage return before a line feed off, wherever the two are cut', () => {
    expect(linesOf(['a\r\nb\r', '\nc', '\r\n']).lines).toEqual(['a', 'b', 'c']);
    expect(linesOf(['a\r\r\n']).lines).toEqual(['a\r']);
  });

  it('keeps carriage returns within a line', () => {
    expect(linesOf(['a\rb\n\rc\n']).lines).toEqual(['a\rb', '\rc']);
  });

  it('hands out a line as soon as its line feed comes', () => {
    const sink = recordingSink<string>();
    const { push } = lineDecoder(sink);
    push('a');
    expect(sink.values).toEqual([]);
    push('b\nc');
    expect(sink.values).toEqual(['ab']);
  });

  it('hands out a last line without a line feed at the end, unless it is empty', () => {
    expect(linesOf(['a\nb']).lines).toEqual(['a', 'b']);
    expect(linesOf(['a\n']).lines).toEqual(['a']);
    expect(linesOf(['']).lines).toEqual([]);
    expect(linesOf([]).lines).toEqual([]);
  });

  it('tells where each line begins, line ends counted as they were sent', () => {
    expect(linesOf(['€\r\n', '\n😀', 'x\nlast']).offsets).toEqual([0, 3, 4, 8]);
  });

  it('stops in the middle of a chunk when its sink closes', () => {
    const sink = recordingSink<string>(2);
    const { push } = lineDecoder(sink);
    push('a\nb\nc\nd\n');
    expect(sink.values).toEqual(['a', 'b']);
  });

  describe('the limit', () => {
    it('lets exactly that many characters pass', () => {
      expect(linesOf(['12345\n12345'], 5)).toMatchObject({ lines: ['12345', '12345'], error: undefined });
    });

    it('errors on one more, after the lines before it, with the limit and the size', () => {
      const { lines, error } = linesOf(['1\n123456\n2\n'], 5);
      expect(lines).toEqual(['1']);
      expect(error).toBeInstanceOf(StreamLimitError);
      expect(error).toMatchObject({ limit: 5, size: 6 });
      expect((error as Error).message).toContain('maxLineLength');
    });

    it('does not wait for the end of a line that is too long already', () => {
      const { push } = lineDecoder(recordingSink<string>(), { maxLineLength: 5 });
      push('12345');
      expect(() => {
        push('6');
      }).toThrow(StreamLimitError);
    });

    it('is of a line, not of a chunk', () => {
      expect(linesOf(['1\n2\n3\n4\n5\n6\n'], 1).lines).toHaveLength(6);
    });

    it('is 16 Mi characters if omitted', () => {
      expect(linesOf(['x'.repeat(DEFAULT_MAX_LENGTH)]).error).toBeUndefined();
      expect(linesOf(['x'.repeat(DEFAULT_MAX_LENGTH + 1)]).error).toBeInstanceOf(StreamLimitError);
    });

    it('is off at Infinity', () => {
      expect(linesOf(['x'.repeat(DEFAULT_MAX_LENGTH + 1)], Infinity).error).toBeUndefined();
    });
  });

  it('gives the lines of the whole text and where they begin, wherever it is cut', () => {
    fc.assert(
      fc.property(splits(wireText(['line', '\r\r\n'])), ({ whole, chunks }) => {
        const { lines, offsets } = linesOf(chunks);
        const expected = whole.split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(lines).toEqual(expected.map((line) => line.replace(/\r$/, '')));
        expect(offsets.map((offset, index) => whole.startsWith(lines[index] ?? '', offset))).not.toContain(
          false,
        );
        expect(offsets.map((offset) => offset === 0 || whole[offset - 1] === '\n')).not.toContain(false);
        expect(new Set(offsets).size).toBe(offsets.length);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
