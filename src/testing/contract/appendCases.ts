import { catchError, map, of, timer } from 'rxjs';
import { formatSse } from 'rxjs-http-streams';
import { quoted } from '../../errors';
import type { SseMessageInit } from '../../protocol/sseMessage';
import { expectSame } from './expectSame';
import type { LogCase } from './logCase';

const dataOf = (messages: readonly SseMessageInit[]): unknown[] => messages.map(({ data }) => data);
const idsOf = (messages: readonly SseMessageInit[]): unknown[] => messages.map(({ id }) => id);
const count = (length: number): number[] => Array.from({ length }, (_, n) => n);

/** What an engine may take for something else, or has no room for. */
const texts = [
  'plain',
  '',
  ' with space around ',
  '{"looks":"like JSON"}',
  '"quoted"',
  'null',
  '42',
  'LF\nCRLF\r\nCR\rend\n',
  'é € 😀 \u2028 \\u0041',
  'half\u0000way',
  "it's; DROP",
  'x'.repeat(20_000),
];
const values = [
  0,
  -1.5,
  1e21,
  Number.MAX_SAFE_INTEGER,
  true,
  false,
  null,
  [],
  [1, ['2', null]],
  {},
  { nested: { list: [{ 'a key': 'é' }] }, id: 'none', data: 1 },
];
const messages: readonly SseMessageInit[] = [
  ...[...texts, ...values].map((data) => ({ data })),
  { type: 'tick', data: { n: 1 } },
  { type: 'without data' },
  { retry: 1_500 },
  { retry: 0, data: '' },
  { comment: 'alone' },
  { comment: 'line\nline', type: 'all', data: 'x', retry: 1 },
];

/** Whether `append` keeps each message as it is, once and in order. */
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
          await log.awaits('formatSse: expected a block', isSent$),
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
      const ids = await log.appendMessages(messages);
      const page = await log.read(undefined, 100);
      expectSame('read(undefined, 100): the number of its messages', messages.length, page.messages.length);
      for (const [index, message] of messages.entries()) {
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
  {
    name: 'append of several callers at a time keeps each message once, in one order for all readers',
    async prove(log) {
      const callers = count(8);
      let isDone = false;
      const head = await log.head();
      // They read while there are appends: a message that takes a place before others late is lost for them.
      const reader = async (limit: number): Promise<SseMessageInit[]> => {
        const seen: SseMessageInit[] = [];
        let isLast = false;
        while (!isLast) {
          // Appends of a log that reads at once need a turn.
          await log.awaits('timer', timer(1));
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
      const held = await log.readAll(undefined, 100);
      expectSame(
        'read: all data once',
        known
          .flat()
          .map(([, data]) => data)
          .sort(),
        dataOf(held).sort(),
      );
      expectSame('read while others append: the ids, as they are read afterwards', idsOf(held), idsOf(seen));
      expectSame('read while others append: the ids for another reader', idsOf(held), idsOf(alsoSeen));
      const byId = new Map(known.flat());
      expectSame(
        'read: the data under the ids that append has given',
        idsOf(held).map((id) => byId.get(id as string)),
        dataOf(held),
      );
      for (const [caller, own] of known.entries()) {
        const ids = own.map(([id]) => id);
        const order = idsOf(held).filter((id) => ids.includes(id as string));
        expectSame(`read: the ids of caller ${caller}, in its order`, ids, order);
      }
    },
  },
];
