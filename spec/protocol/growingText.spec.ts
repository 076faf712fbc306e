import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingText } from '../../src/protocol/growingText';

describe('GrowingText', () => {
  it('is empty at first, and once it was taken or cleared', () => {
    const text = new GrowingText();
    expect([text.isEmpty, text.length, text.take()]).toEqual([true, 0, '']);
    text.append('a');
    expect([text.isEmpty, text.length]).toEqual([false, 1]);
    text.clear();
    expect([text.isEmpty, text.length]).toEqual([true, 0]);
    text.append('bc');
    expect(text.take()).toBe('bc');
    expect([text.isEmpty, text.length]).toEqual([true, 0]);
  });

  it('is what was appended, and never empty on its way there', () => {
    const text = new GrowingText();
    const wrong: number[] = [];
    for (let length = 1; length <= 10_000; length++) {
      text.append(String(length % 10));
      if (text.isEmpty || text.length !== length) wrong.push(length);
    }
    expect(wrong).toEqual([]);
    expect(text.take()).toBe('1234567890'.repeat(1_000));
  });

  it('is what was appended, of pieces of any length, empty ones too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 3, unit: 'binary' }), {
          minLength: 1_000,
          maxLength: 2_500,
          size: 'max',
        }),
        (pieces) => {
          const text = new GrowingText();
          for (const piece of pieces) text.append(piece);
          const expected = pieces.join('');
          expect(text.length).toBe(expected.length);
          expect(text.isEmpty).toBe(expected === '');
          expect(text.take()).toBe(expected);
        },
      ),
      // Thousands of pieces have too many smaller ones.
      { numRuns: 20, seed: 1, endOnFailure: true },
    );
  });
});
