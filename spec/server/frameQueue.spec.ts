import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameQueue } from '../../src/server/frameQueue';
import type { Framed } from '../../src/server/frameQueue';

type Move = 'push' | 'shift' | 'pop' | 'clear';

describe('FrameQueue', () => {
  it('gives what an array gives, and counts its bytes, in any order of pushes, shifts, pops and clears', () => {
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
        const queue = new FrameQueue<number>();
        const model: Framed<number>[] = [];
        let next = 0;
        for (const [move, count] of sequence) {
          if (move === 'clear') {
            expect(queue.clear()).toEqual(model.splice(0));
          }
          for (let n = 0; n < count && (move === 'push' || model.length > 0); n++) {
            if (move === 'push') {
              const framed = { value: next, frame: String(next++) };
              queue.push(framed);
              model.push(framed);
            } else if (move !== 'clear') {
              expect(queue[move]()).toBe(model[move]());
            }
          }
          expect(queue.size).toBe(model.length);
          expect(queue.bytes).toBe(model.reduce((sum, { frame }) => sum + frame.length, 0));
        }
        expect(queue.clear()).toEqual(model);
        expect([queue.size, queue.bytes]).toEqual([0, 0]);
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
