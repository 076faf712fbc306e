import fc from 'fast-check';
import { of } from 'rxjs';
import { parseNdjson } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { checkNesting } from '../../src/protocol/nesting';
import { outcomeOf } from '../support/outcome';

const MIB = 1024 * 1024;
const nested = (depth: number, padding = ''): string =>
  `${'['.repeat(depth)}"${padding}"${']'.repeat(depth)}`;
const check = (text: string) => () => {
  checkNesting(text);
};

describe('Nesting', () => {
  it('of a short text is left to the parser', () => {
    expect(check('['.repeat(500_000))).not.toThrow();
  });

  it('of a long text may have 500 000 brackets open at a time, however many there are in all', () => {
    expect(check(nested(500_000, 'x'.repeat(MIB)))).not.toThrow();
    expect(check(`[${'[[{}]],'.repeat(100_000)}0]`)).not.toThrow();
    expect(check(nested(500_001, 'x'.repeat(MIB)))).toThrow(RangeError);
    expect(check('{"a":'.repeat(600_000))).toThrow(RangeError);
  });

  it.each([
    ['brackets', '['.repeat(MIB)],
    ['escaped quotes', '\\"['.repeat(MIB)],
    ['escaped backslashes', '\\\\'.repeat(MIB)],
  ])('is not that of %s in a string', (_, content) => {
    expect(check(`["${content}"]`)).not.toThrow();
  });

  it('of any JSON is right', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(check(JSON.stringify([value, ' '.repeat(MIB)]))).not.toThrow();
      }),
      { numRuns: 30 },
    );
  });

  it('of a line that is too deep is an error of that line', () => {
    const { values, error } = outcomeOf(of(`1\n${'['.repeat(MIB)}\n2\n`).pipe(parseNdjson()));
    expect(values).toEqual([1]);
    expect(error).toMatchObject({
      name: 'StreamParseError',
      lineNumber: 2,
      cause: expect.any(RangeError) as unknown,
    });
  });
});
