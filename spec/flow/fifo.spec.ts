import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fifo } from '../../src/flow/fifo';

type Move = 'push' | 'shift' | 'pop' | 'clear';

describe('Fifo', () => {
  it('gives what an array gives, in any order of pushes, shifts, pops and clears', () => {
    const moves = fc.array(
      fc.tuple(
        fc.oneof(
          { arbitrary: fc.constantFrom<Move>('push', 'shift'), weight: 10 },
          { arbitrary: fc.constantFrom<Move>('pop', 'clear'), weight: 1 },
        ),
        fc.integer({ min: 1, max: 1_500 }),
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(moves, (sequence) => {
        const fifo = new Fifo<number>();
        const model: number[] = [];
        let next = 0;
        for (const [move, count] of sequence) {
          if (move === 'clear') {
            expect(fifo.clear()).toEqual(model.splice(0));
          }
          for (let n = 0; n < count && (move === 'push' || model.length > 0); n++) {
            if (move === 'push') {
              fifo.push(next);
              model.push(next++);
            } else if (move !== 'clear') {
              expect(fifo[move]()).toBe(model[move]());
            }
          }
          expect(fifo.size).toBe(model.length);
        }
        expect(fifo.clear()).toEqual(model);
        expect(fifo.size).toBe(0);
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
    expect([fifo.shift(), fifo.pop(), fifo.size]).toEqual([undefined, undefined, 1]);
    expect(fifo.clear()).toEqual(['a']);
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
