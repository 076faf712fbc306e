import { noop } from 'rxjs';
import type { LogCase } from './logCase';

/** Proves that `changes` notifies each of its subscribers of new messages and of the end. */
export const changesCases: readonly LogCase[] = [
  {
    name: 'changes emits after an append, once it can be read, also to a subscriber that has just subscribed',
    async prove(log) {
      let after = await log.head();
      for (const data of [[1], [2, 3]]) {
        await log.expectChange(
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
      await log.expectChange(
        id,
        ({ end }) => end !== undefined,
        () => log.append([], { failed: false }),
        'an end',
      );
    },
  },
  {
    name: 'changes goes on for a subscriber when another one unsubscribes, and for one that subscribes after all have',
    async prove(log) {
      const other = log.log.changes.subscribe({ error: noop });
      const head = await log.head();
      await log.expectChange(
        head,
        ({ messages }) => messages.length === 1,
        async () => {
          other.unsubscribe();
          await log.append([1]);
        },
        'an append, when another subscriber has unsubscribed',
      );
      await log.expectChange(
        head,
        ({ messages }) => messages.length === 2,
        () => log.append([2]),
        'an append, subscribed again after all had unsubscribed',
      );
    },
  },
];
