import fc from 'fast-check';
import { from } from 'rxjs';
import { formatNdjson, parseNdjson } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { outcomeOf } from '../support/outcome';

describe('formatNdjson', () => {
  itKeepsTheOperatorContract<unknown, string>('values', {
    create: formatNdjson,
    chunks: { a: { n: 1 }, b: 'a\nb', c: null },
    values: { x: '{"n":1}\n', y: '"a\\nb"\n', z: 'null\n' },
    dense: [{ n: 1 }, 'a\nb', null],
  });

  it('gives what parseNdjson reads, whatever the values', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (values) => {
        const { values: read, error } = outcomeOf(from(values).pipe(formatNdjson(), parseNdjson()));
        expect({ read, error }).toEqual({
          read: JSON.parse(JSON.stringify(values)) as unknown,
          error: undefined,
        });
      }),
      { seed: 1 },
    );
  });

  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a BigInt', 1n],
  ])('refuses %s, with its index, after the values before it', (_, value) => {
    const { values, error } = outcomeOf(from([1, value, 2]).pipe(formatNdjson()));
    expect(values).toEqual(['1\n']);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain('value 1:');
  });

  it('counts the values of each subscription', () => {
    const refused$ = from([1, undefined]).pipe(formatNdjson());
    expect(String(outcomeOf(refused$).error)).toContain('value 1:');
    expect(String(outcomeOf(refused$).error)).toContain('value 1:');
  });
});
