import { describe, expect, it } from 'vitest';
import { aCount, aNumber, checkOptions, described } from '../../src/options/rules';

describe('A refused value', () => {
  it.each([
    ['x', "'x'"],
    [5, '5'],
    [-0.5, '-0.5'],
    [NaN, 'NaN'],
    [null, 'null'],
    [undefined, 'undefined'],
    [true, 'true'],
    [7n, '7'],
    [Symbol('secret'), 'a symbol'],
    [() => 5, 'a function'],
    [[1], 'an array'],
    [{ a: 1 }, 'an object'],
  ])('is described without running its code (%#)', (value, text) => {
    expect(described(value)).toBe(text);
  });

  it('of any length has at most a hundred characters, none of which a terminal acts on', () => {
    expect(described('\u001b[31m\n\u202e\u200b\ud800'.padEnd(4 * 1024 * 1024, 'x'))).toMatch(
      /^'\\x1b\[31m\\x0a\\u\{202e\}\\u\{200b\}\\u\{d800\}x{64}'$/,
    );
    expect(described('\u0007'.repeat(4 * 1024 * 1024)).length).toBe(102);
  });
});

describe('A number', () => {
  it.each([1, 1.5, 10])('of %s is between 1 and 10', (value) => {
    expect(aNumber(1, 10).allows(value)).toBe(true);
  });
  it.each([0, 0.999, -1, 10.001, NaN, Infinity, -Infinity, '5', null, true])('is not %s', (value) => {
    expect(aNumber(1, 10).allows(value)).toBe(false);
  });
  it('that counts is whole, or no limit where none is set', () => {
    expect([1, 1.5, Infinity, 2 ** 60].map(aCount(1).allows)).toEqual([true, false, true, false]);
    expect(aCount(1, 5).allows(Infinity)).toBe(false);
  });
});

describe('An option', () => {
  const rules = { max: aNumber(1, 10) };

  it('that is omitted, or that no rule knows, is right', () => {
    expect(() => {
      checkOptions('config', { max: undefined, other: {} }, rules);
    }).not.toThrow();
  });

  it('is named with what holds it, what was expected and what came', () => {
    expect(() => {
      checkOptions('config', { max: 0 }, rules, 'inner.');
    }).toThrow(new TypeError('inner.max: expected a number from 1 to 10, got 0'));
  });

  it.each([null, 'x', 5, true, undefined])('is looked for in an object alone, not in %s', (options) => {
    expect(() => {
      checkOptions('config', options, rules);
    }).toThrow(/^config: expected an object, got /);
  });
});
