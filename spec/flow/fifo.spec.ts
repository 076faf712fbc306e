import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fifo } from '../../src/flow/fifo';

describe('Fifo', () => {
  it('gives what an array gives, in any order of pushes and shifts', () => {
    const moves = fc.array(
      fc.tuple(fc.constantFrom('push' as const, 'shift' as const), fc.integer({ min: 1, max: 1_500 })),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(moves, (sequence) => {
        const fifo = new Fifo<number>();
        const model: number[] = [];
        let next = 0;
        for (const [move, count] of sequence) {
          for (let n = 0; n < count && (move === 'push' || model.length > 0); n++) {
            if (move === 'push') {
              fifo.push(next);
              model.push(next++);
            } else {
              expect(fifo.shift()).toBe(model.shift());
            }
          }
          expect(fifo.size).toBe(model.length);
        }
        expect(fifo.slice(0)).toEqual(model);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('holds undefined as a value', () => {
    const fifo = new Fifo<string | undefined>();
    fifo.push(undefined);
    fifo.push('a');
    fifo.push(undefined);
    expect(fifo.size).toBe(3);
    expect([fifo.shift(), fifo.shift(), fifo.size]).toEqual([undefined, 'a', 1]);
    expect(fifo.slice(0)).toEqual([undefined]);
  });

  it('lets go of what has left it, while others wait', () => {
    const fifo = new Fifo<object>();
    for (let n = 0; n < 2_000; n++) fifo.push({ n });
    for (let n = 0; n < 1_500; n++) fifo.shift();
    const { values } = fifo as unknown as { values: (object | undefined)[] };
    expect(values.filter((value) => value !== undefined)).toHaveLength(500);
    expect(values.length).toBeLessThan(2_000);
  });

  it('costs the same a value, however many wait', { timeout: 10_000 }, () => {
    const fifo = new Fifo<number>();
    for (let n = 0; n < 500_000; n++) fifo.push(n);
    let sum = 0;
    while (fifo.size > 0) sum += fifo.shift();
    expect(sum).toBe((499_999 * 500_000) / 2);
  });
});
