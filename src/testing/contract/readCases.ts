import { count } from './count';
import { dataOf } from './dataOf';
import { expectSame } from './expectSame';
import type { LogCase } from './logCase';

/** Returns ids that a client could send instead of a real one. */
const forged = (id: string): string[] => [
  '',
  `${id}0`,
  `${id}'`,
  `${id}\u0000`,
  id.slice(0, -1),
  id.slice(0, Math.ceil(id.length / 2)),
  id.slice(1),
  // Ids of the future: one far away, and one that exceeds a number of 64 bits.
  id.replace(/\d+(?=\D*$)/, '900000'),
  id.replace(/\d+(?=\D*$)/, '9'.repeat(30)),
  id.replace(/\d+(?=\D*$)/, '-$&'),
  '0',
  '-',
  '+',
  '$',
  'NaN',
  '__proto__',
  'é😀',
  'x'.repeat(2_000),
];

/**
 * Proves that `read` continues after every id and reports a gap after an unknown one, and that `head` gives such an id.
 */
export const readCases: readonly LogCase[] = [
  {
    name: 'read from undefined begins with the oldest message',
    async prove(log) {
      await log.expectData(undefined, 10, []);
      await log.append([1, 2, 3]);
      await log.expectData(undefined, 10, [1, 2, 3]);
      await log.expectData(undefined, 2, [1, 2]);
    },
  },
  {
    name: 'read gives what follows an id, oldest first, no more than the limit, whichever id it is',
    async prove(log) {
      const data = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
      const ids = await log.append(data);
      for (const limit of [1, 3, 100]) {
        for (const [index, id] of ids.entries()) {
          await log.expectData(id, limit, data.slice(index + 1, index + 1 + limit));
        }
      }
    },
  },
  {
    name: 'read page by page gives all messages, until a page has fewer than its limit',
    async prove(log) {
      const data = count(20);
      await log.append(data);
      for (const limit of [1, 5, 7]) {
        const messages = await log.readAll(undefined, limit);
        expectSame(`read in pages of ${limit}: the data`, data, dataOf(messages));
      }
    },
  },
  {
    name: 'read after the newest id gives an empty page without a gap, and later the messages that follow',
    async prove(log) {
      const [id] = (await log.append([1, 2])).slice(-1);
      await log.expectData(id, 10, []);
      await log.append([3]);
      await log.expectData(id, 10, [3]);
    },
  },
  {
    name: 'read after an id that was never given reports a gap, and begins with the oldest message',
    async prove(log, open) {
      const head = await log.head();
      const ids = await log.append([1, 2, 3]);
      const others = await (await open()).append([4, 5]);
      const known = [head, ...ids, await log.head()];
      const foreign = [...ids.flatMap(forged), ...others].filter((id) => !known.includes(id));
      for (const id of new Set(foreign)) {
        const { messages, isGap } = await log.read(id, 2);
        expectSame(`${log.reading(id, 2)}: isGap of an id that was never given`, true, isGap ?? false);
        expectSame(
          `${log.reading(id, 2)}: the data of its messages, which begin with the oldest after a gap`,
          [1, 2],
          dataOf(messages),
        );
      }
    },
  },
  {
    name: 'head of an empty log is an id that everything follows',
    async prove(log) {
      const head = await log.head();
      expectSame('head(): the same while nothing is appended', head, await log.head());
      await log.expectData(head, 10, []);
      await log.append([1]);
      await log.append([2, 3]);
      await log.expectData(head, 10, [1, 2, 3]);
      await log.expectData(head, 1, [1]);
    },
  },
  {
    name: 'head after messages is an id that all later ones follow, and no earlier one',
    async prove(log) {
      await log.append([1, 2]);
      const head = await log.head();
      await log.expectData(head, 10, []);
      await log.append([3, 4]);
      await log.expectData(head, 10, [3, 4]);
      await log.expectData(await log.head(), 10, []);
    },
  },
];
