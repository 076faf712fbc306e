import fc from 'fast-check';
import { NEVER, of } from 'rxjs';
import type { MessageLog, SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { overSnapshot } from '../../src/feed/overSnapshot';
import { record } from '../support/recording';

const STEPS = 700;

/** A log whose ids are numbers from 1 on, the oldest of which it has deleted. */
function numberedLog(deleted: number, size: number) {
  let last = size;
  const log: MessageLog = {
    append: () => NEVER,
    head: () => [String(last)],
    read: (after = '0', limit) => {
      const number = Number(after);
      const isGap = !(number >= deleted && number <= last);
      const from = isGap ? deleted : number;
      const length = Math.max(Math.min(last - from, limit), 0);
      return [{ messages: Array.from({ length }, (_, n) => ({ id: String(from + n + 1) })), isGap }];
    },
    changes: NEVER,
  };
  return { log, grow: (by: number) => (last += by) };
}

/** Gives a snapshot of these messages while the log grows, and returns the id after which the client continues. */
function afterSnapshot(
  deleted: number,
  size: number,
  grown: number,
  snapshot: readonly SseMessageInit[],
): { after: unknown; given: readonly SseMessageInit[] } {
  const { log, grow } = numberedLog(deleted, size);
  const given: SseMessageInit[] = [];
  const { values } = record(
    overSnapshot(
      log,
      () => {
        grow(grown);
        return of(...snapshot);
      },
      (message) => given.push(message),
    ),
  );
  return { after: values.at(-1), given };
}

describe('the place after a snapshot', () => {
  it('is the newest message of the log that the snapshot has, and the head of before where it has none', () => {
    const ids = fc.array(fc.option(fc.integer({ min: -3, max: STEPS })), { maxLength: 8 });
    fc.assert(
      fc.property(
        fc.nat(STEPS / 2),
        fc.nat(STEPS / 2),
        fc.nat(STEPS),
        ids,
        (deleted, held, grown, numbers) => {
          const head = deleted + held;
          const end = head + grown;
          const snapshot = numbers.map((n): SseMessageInit =>
            n === null ? { data: 'x' } : { id: String(n) },
          );

          const { after, given } = afterSnapshot(deleted, head, grown, snapshot);

          expect(given).toEqual(snapshot);
          const known = numbers.filter((n) => n !== null);
          const inLog = (from: number): number[] => known.filter((n) => n >= from && n <= end);
          const newest = known.at(-1);
          // A snapshot whose newest message the log has deleted is older than the log, and says nothing of the place.
          const isHeld = newest !== undefined && newest >= deleted && newest <= end;
          const since = inLog(head);
          expect(after).toBe(
            String(since.length > 0 ? Math.max(...since) : isHeld ? Math.max(...inLog(newest)) : head),
          );
        },
      ),
    );
  });

  it('is found over more pages of the log than one', () => {
    expect(afterSnapshot(0, 10, 600, [{ id: '550' }]).after).toBe('550');
    expect(afterSnapshot(0, 600, 0, [{ id: '5' }, { id: '590' }, { id: '6' }]).after).toBe('590');
  });
});
