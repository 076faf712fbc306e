import { timer } from 'rxjs';
import type { SseMessageInit } from '../../protocol/sseMessage';
import { count } from './count';
import { dataOf } from './dataOf';
import { expectSame } from './expectSame';
import { idsOf } from './idsOf';
import type { LogCase } from './logCase';

/** Proves that concurrent calls of `append` lose no message. */
export const concurrentCases: readonly LogCase[] = [
  {
    name: 'append of several callers at a time keeps each message once, in one order for all readers',
    async prove(log) {
      const callers = count(8);
      let isDone = false;
      const head = await log.head();
      // The readers read during the appends: a message that appears late, before messages they have read, is lost.
      const reader = async (limit: number): Promise<SseMessageInit[]> => {
        const seen: SseMessageInit[] = [];
        let isLast = false;
        while (!isLast) {
          // A log that answers synchronously would not let the appends continue.
          await log.run.last('timer', timer(1));
          isLast = isDone;
          seen.push(...(await log.readAll(seen.at(-1)?.id ?? head, limit)));
        }
        return seen;
      };
      const append = async (caller: number): Promise<[string, unknown][]> => {
        const known: [string, unknown][] = [];
        for (const round of count(5)) {
          const data = count(3).map((n) => `${caller}/${round}/${n}`);
          const ids = await log.append(data);
          known.push(...ids.map((id, n): [string, unknown] => [id, data[n]]));
        }
        return known;
      };
      const appends = Promise.all(callers.map(append)).finally(() => {
        isDone = true;
      });
      const [known, seen, alsoSeen] = await Promise.all([appends, reader(7), reader(50)]);
      const stored = await log.readAll(undefined, 100);
      expectSame(
        'read: all data once',
        known
          .flat()
          .map(([, data]) => data)
          .sort(),
        dataOf(stored).sort(),
      );
      expectSame(
        'read while others append: the ids, as they are read afterwards',
        idsOf(stored),
        idsOf(seen),
      );
      expectSame('read while others append: the ids for another reader', idsOf(stored), idsOf(alsoSeen));
      const byId = new Map(known.flat());
      expectSame(
        'read: the data under the ids that append has given',
        idsOf(stored).map((id) => byId.get(id as string)),
        dataOf(stored),
      );
      for (const [caller, own] of known.entries()) {
        const ids = own.map(([id]) => id);
        const order = idsOf(stored).filter((id) => ids.includes(id as string));
        expectSame(`read: the ids of caller ${caller}, in its order`, ids, order);
      }
    },
  },
];
