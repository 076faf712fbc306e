import type { LogEnd } from '../../feed/log';
import type { CheckedLog } from './checkedLog';
import { expectSame } from './expectSame';
import type { LogCase } from './logCase';

const COMPLETED: LogEnd = { failed: false };
const failure = (): LogEnd => ({ failed: true, error: new Error('The source broke') });

/**
 * Reads a page, checks whether it has an end, and returns the error of that end.
 *
 * @param failed - The expected `failed` of the end, or `undefined` for a page that is not the last.
 */
async function expectEnd(
  log: CheckedLog,
  after: string | undefined,
  limit: number,
  data: readonly unknown[],
  failed: boolean | undefined,
): Promise<unknown> {
  const { end } = await log.expectData(after, limit, data);
  const which = failed === undefined ? 'of a page that is not the last' : 'of the last page';
  expectSame(`${log.reading(after, limit)}: the member failed of the end ${which}`, failed, end?.failed);
  return end?.error;
}

/** Proves that the end of a log reaches every reader, also those that read it later. */
export const endCases: readonly LogCase[] = [
  {
    name: 'the end of a completed log is in its last page only, also for a reader that has read everything',
    async prove(log) {
      await log.append([1, 2]);
      await expectEnd(log, undefined, 10, [1, 2], undefined);
      const ids = await log.append([3, 4], COMPLETED);
      await expectEnd(log, undefined, 3, [1, 2, 3], undefined);
      await expectEnd(log, ids[0], 10, [4], false);
      await expectEnd(log, undefined, 10, [1, 2, 3, 4], false);
      await expectEnd(log, ids[1], 10, [], false);
      await expectEnd(log, await log.head(), 10, [], false);
    },
  },
  {
    name: 'the end of a failed log is in its last page, too, and keeps the message of its error',
    async prove(log) {
      const [id] = await log.append([1], failure());
      const errors = [await expectEnd(log, undefined, 10, [1], true), await expectEnd(log, id, 10, [], true)];
      for (const error of errors) {
        const message = error instanceof Error ? error.message : error;
        expectSame('read: the message of the error of the end', 'The source broke', message);
      }
    },
  },
  {
    name: 'append with an end and no messages ends the log, empty or not',
    async prove(log, open) {
      const head = await log.head();
      await log.append([], COMPLETED);
      await expectEnd(log, undefined, 10, [], false);
      await expectEnd(log, head, 10, [], false);
      const another = await open();
      const [id] = await another.append([1]);
      await another.append([], failure());
      await expectEnd(another, undefined, 10, [1], true);
      await expectEnd(another, id, 10, [], true);
    },
  },
  {
    name: 'append fails once the log has ended, and adds nothing',
    async prove(log) {
      await log.append([1], COMPLETED);
      for (const [data, end] of [
        [[2], undefined],
        [[3], failure()],
        [[], failure()],
      ] as const) {
        expectSame(
          `append(${data.length} messages) after the end: whether it fails`,
          true,
          await log.refuses(data, end),
        );
      }
      await expectEnd(log, undefined, 10, [1], false);
    },
  },
];
