import { noop } from 'rxjs';
import type { LogCase } from './logCase';

/** Whether `changes` tells each of its subscribers that there is more. */
export const changesCases: readonly LogCase[] = [
  {
    name: 'changes emits after an append, once it can be read, also to one that has subscribed just before',
    async prove(log) {
      let after = await log.head();
      for (const data of [[1], [2, 3]]) {
        await log.told(
          after,
          ({ messages }) => messages.length === data.length,
          () => log.append(data),
          'an append',
        );
        after = await log.head();
      }
    },
  },
  {
    name: 'changes emits after an end without messages',
    async prove(log) {
      const [id = ''] = await log.append([1]);
      await log.told(
        id,
        ({ end }) => end !== undefined,
        () => log.append([], { failed: false }),
        'an end',
      );
    },
  },
  {
    name: 'changes goes on for a subscriber when another one leaves, and for one that comes after all have left',
    async prove(log) {
      const other = log.log.changes.subscribe({ error: noop });
      const head = await log.head();
      await log.told(
        head,
        ({ messages }) => messages.length === 1,
        async () => {
          other.unsubscribe();
          await log.append([1]);
        },
        'an append, when another subscriber has left',
      );
      await log.told(
        head,
        ({ messages }) => messages.length === 2,
        () => log.append([2]),
        'an append, subscribed anew when all had left',
      );
    },
  },
];
