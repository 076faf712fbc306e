import { describe, expect, it } from 'vitest';
import { DEFAULT_MAX_LENGTH, MAX_DELAY, checkNumber, checkOneOf } from '../../src/protocol/limits';

describe('checkNumber', () => {
  it.each([undefined, 1, 1.5, 10])('takes %s between 1 and 10', (value) => {
    expect(() => {
      checkNumber('option', value, 1, 10);
    }).not.toThrow();
  });

  it('takes Infinity where nothing bounds a number from above', () => {
    expect(() => {
      checkNumber('option', Infinity, 1);
    }).not.toThrow();
  });

  it.each([0, 0.999, -1, 10.001, NaN, Infinity, -Infinity, '5', null, true])(
    'refuses %s between 1 and 10 with a TypeError that names the option, the bounds and the value',
    (value) => {
      const refused = () => {
        checkNumber('idleTimeout', value as number, 1, 10);
      };
      expect(refused).toThrow(TypeError);
      expect(refused).toThrow(`idleTimeout: expected a number from 1 to 10, got ${String(value)}`);
    },
  );
});

describe('checkOneOf', () => {
  it.each(['a', 'b'])('takes %j, which is allowed', (value) => {
    expect(() => {
      checkOneOf('option', value, ['a', 'b']);
    }).not.toThrow();
  });

  it.each(['c', '', undefined, null, 5])('refuses %j, and says what is allowed', (value) => {
    expect(() => {
      checkOneOf('option', value, ['a', 'b']);
    }).toThrow(new TypeError(`option: expected a or b, got ${String(value)}`));
  });
});

describe('the limits themselves', () => {
  it('are 16 Mi characters, and what a timer can wait', () => {
    expect(DEFAULT_MAX_LENGTH).toBe(16_777_216);
    expect(MAX_DELAY).toBe(0x7fffffff);
  });
});
