import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAfter, isId } from '../../src/redis/ids';

const part = fc.bigInt({ min: 0n, max: 18_446_744_073_709_551_615n });

describe('ids of entries', () => {
  it('are compared by their two numbers', () => {
    fc.assert(
      fc.property(part, part, part, part, (time, count, otherTime, otherCount) => {
        const id = `${time}-${count}`;
        const other = `${otherTime}-${otherCount}`;
        expect(isAfter(id, other)).toBe(time === otherTime ? count > otherCount : time > otherTime);
        expect(isAfter(id, id)).toBe(false);
        expect(isAfter(`${time}-${count}`, `${time}-${otherCount}`)).toBe(count > otherCount);
      }),
    );
  });

  it.each([
    '',
    '5',
    '5-',
    '-5',
    '5-*',
    '05-0',
    '5-00',
    '-',
    '+',
    '$',
    '5-0-0',
    '18446744073709551616-0',
    '5-0\n',
  ])('are told from %j, which a command would refuse or take for another one', (text) => {
    expect(isId(text)).toBe(false);
  });

  it('may have 64 bits in each number', () => {
    expect(isId('18446744073709551615-18446744073709551615')).toBe(true);
  });
});
