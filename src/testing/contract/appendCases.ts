import { catchError, map, of } from 'rxjs';
import { formatSse } from 'rxjs-http-streams';
import { quoted } from '../../errors';
import { count } from './count';
import { delicateMessages } from './delicateMessages';
import { expectSame } from './expectSame';
import { idsOf } from './idsOf';
import type { LogCase } from './logCase';

/** Proves that `append` stores each message unchanged, once and in order. */
export const appendCases: readonly LogCase[] = [
  {
    name: 'open gives a new and empty log each time',
    async prove(log, open) {
      await log.append([1, 2]);
      await (await open()).expectData(undefined, 10, []);
    },
  },
  {
    name: 'append answers with an id for each message, unlike all others, under which it is read',
    async prove(log) {
      const ids = [...(await log.append([1])), ...(await log.append([2, 3])), ...(await log.append([4]))];
      expectSame('append: the number of ids that differ', 4, new Set(ids).size);
      const { messages } = await log.expectData(undefined, 10, [1, 2, 3, 4]);
      expectSame(
        'read(undefined, 10): the ids of its messages, as append has given them',
        ids,
        idsOf(messages),
      );
    },
  },
  {
    name: 'append gives ids that a client can send back as its Last-Event-ID',
    async prove(log) {
      for (const id of [await log.head(), ...(await log.append([1, 2]))]) {
        const isSent$ = of({ id }).pipe(
          formatSse(),
          map(() => true),
          catchError(() => of(false)),
        );
        expectSame(
          `append or head: whether the id '${quoted(id)}' can be sent, ` +
            'without a line break or a control in it or space around it',
          true,
          await log.run.last('formatSse: expected a block', isSent$),
        );
      }
    },
  },
  {
    name: 'append of many messages appends all of them, in order',
    async prove(log) {
      await log.append(count(100));
      await log.append(count(100).map((n) => 100 + n));
      await log.expectData(undefined, 300, count(200));
    },
  },
  {
    name: 'append of no messages answers with no ids, and changes nothing',
    async prove(log) {
      const [id] = await log.append([1]);
      await log.append([]);
      await log.expectData(undefined, 10, [1]);
      await log.expectData(id, 10, []);
    },
  },
  {
    name: 'read gives each message as it was appended: data, type, retry and comment',
    async prove(log) {
      const ids = await log.appendMessages(delicateMessages);
      const page = await log.read(undefined, 100);
      expectSame(
        'read(undefined, 100): the number of its messages',
        delicateMessages.length,
        page.messages.length,
      );
      for (const [index, message] of delicateMessages.entries()) {
        const { id, ...kept } = page.messages[index] ?? {};
        expectSame(`read(undefined, 100): message ${index}`, message, kept);
        expectSame(
          `read(undefined, 100): whether message ${index} has data`,
          'data' in message,
          'data' in kept,
        );
        expectSame(`read(undefined, 100): the id of message ${index}`, ids[index], id);
      }
    },
  },
  {
    name: 'append of a message with an id answers with the id under which it is read, its own or another one',
    async prove(log) {
      const ids = await log.appendMessages([{ id: 'own', data: 1 }, { data: 2 }]);
      const { messages } = await log.expectData(undefined, 10, [1, 2]);
      expectSame(
        'read(undefined, 10): the ids of its messages, as append has given them',
        ids,
        idsOf(messages),
      );
      await log.expectData(ids[0], 10, [2]);
    },
  },
  {
    name: 'append takes all messages or none, where one of them cannot be kept',
    async prove(log) {
      const isRefused = await log.refuses([1, 2n, 3]);
      expectSame(
        `read(undefined, 10): the number of messages after an append of 3 that ${isRefused ? 'failed' : 'succeeded'}`,
        isRefused ? 0 : 3,
        (await log.read(undefined, 10)).messages.length,
      );
    },
  },
];
