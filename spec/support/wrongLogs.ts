import {
  EMPTY,
  NEVER,
  Subject,
  concat,
  defer,
  finalize,
  map,
  take,
  takeUntil,
  throwError,
  timer,
} from 'rxjs';
import { memoryLog } from 'rxjs-http-streams';
import type { LogPage, MessageLog, SseMessageInit } from 'rxjs-http-streams';

/** A log with one fault. */
export interface WrongLog {
  readonly fault: string;
  readonly open: () => MessageLog;
  /** The beginning of the name of the case that has to notice it. */
  readonly noticedBy: string;
  /** In the complaint of that case. */
  readonly complaint: RegExp;
}

type Messages = readonly SseMessageInit[];
type Ids = readonly string[];

/** The log in memory, whose answers are there at once. */
const openPlain = () => {
  const log = memoryLog();
  return {
    log,
    append: (...args: Parameters<MessageLog['append']>): Ids => (log.append(...args) as Ids[])[0]!,
    read: (after: string | undefined, limit: number): LogPage => {
      const { messages, isGap, end } = (log.read(after, limit) as LogPage[])[0]!;
      return { messages, isGap, end };
    },
    head: (): string => (log.head() as string[])[0]!,
  };
};
type Plain = ReturnType<typeof openPlain>;

const wrong = (
  fault: string,
  members: (plain: Plain) => Partial<MessageLog>,
  noticedBy: string,
  complaint: RegExp,
): WrongLog => ({
  fault,
  open: () => {
    const plain = openPlain();
    return { ...plain.log, ...members(plain) };
  },
  noticedBy,
  complaint,
});

/** A fault in what is appended: as many ids are given as there are messages. */
const appending =
  (change: (messages: Messages) => Messages) =>
  ({ append }: Plain): Partial<MessageLog> => ({
    append: (messages, end) => {
      const ids = append(change(messages), end);
      return [messages.map((_, index) => ids[index] ?? ids.at(-1) ?? 'none')];
    },
  });

/** A fault in the ids that are given. */
const giving =
  (change: (ids: Ids, messages: Messages) => Ids) =>
  ({ append }: Plain): Partial<MessageLog> => ({
    append: (messages, end) => [change(append(messages, end), messages)],
  });

/** A fault in the pages that are read. */
const reading =
  (change: (page: LogPage, after: string | undefined, limit: number, plain: Plain) => Partial<LogPage>) =>
  (plain: Plain): Partial<MessageLog> => ({
    read: (after, limit) => {
      const page = plain.read(after, limit);
      return [{ ...page, ...change(page, after, limit, plain) }];
    },
  });

/** A fault in each message that is read. */
const keeping = (change: (message: SseMessageInit) => SseMessageInit) =>
  reading(({ messages }) => ({ messages: messages.map(change) }));

/** A fault in each data that is a string. */
const keepingText = (change: (text: string) => unknown) =>
  keeping((message) =>
    typeof message.data === 'string' ? { ...message, data: change(message.data) } : message,
  );

const guessed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const omit = (message: SseMessageInit, name: keyof SseMessageInit): SseMessageInit =>
  Object.fromEntries(Object.entries(message).filter(([key]) => key !== name));

/**
 * A log that gives a message its number before it can be read, as a sequence of a database does whose transactions
 * commit in another order.
 */
function lateCommits(): MessageLog {
  const rows: { readonly id: string; readonly message: SseMessageInit; isVisible: boolean }[] = [];
  const changeSubject = new Subject<void>();
  return {
    append: (messages) => {
      const added = messages.map((message, n) => ({
        id: `e-${rows.length + n + 1}`,
        message: { ...message, id: `e-${rows.length + n + 1}` },
        isVisible: false,
      }));
      rows.push(...added);
      return timer(added.length > 0 && added[0]!.id.endsWith('1') ? 20 : 1).pipe(
        map(() => {
          for (const row of added) row.isVisible = true;
          changeSubject.next();
          return added.map(({ id }) => id);
        }),
      );
    },
    read: (after, limit) => {
      const place = after === undefined ? 0 : Number(after.slice(2));
      const messages = rows.slice(place).filter(({ isVisible }) => isVisible);
      return timer(1).pipe(map(() => ({ messages: messages.slice(0, limit).map(({ message }) => message) })));
    },
    head: () => [rows.filter(({ isVisible }) => isVisible).at(-1)?.id ?? 'e-0'],
    changes: changeSubject,
  };
}

const shared = memoryLog();

const MANY = 'append of many messages';
const IDS = 'append answers with an id for each message';
const KEPT = 'read gives each message as it was appended';
const PLACES = 'read gives what follows an id';
const PAGES = 'read page by page';
const GAP = 'read after an id that was never given';
const NEWEST = 'read after the newest id';
const EMPTY_HEAD = 'head of an empty log';
const HEAD = 'head after messages';
const COMPLETED = 'the end of a completed log';
const FAILED = 'the end of a failed log';
const END_ALONE = 'append with an end and no messages';
const AFTER_END = 'append fails once the log has ended';
const SEVERAL = 'append of several callers';
const CHANGES = 'changes emits after an append';

/** Logs that lose or double messages, one by one. */
export const wrongLogs: readonly WrongLog[] = [
  {
    fault: 'open gives the same log again',
    open: () => shared,
    noticedBy: 'open gives a new and empty log',
    complaint: /^read\(undefined, 10\): the data of its messages: expected \[\], got \[1,2/,
  },
  {
    fault: 'open gives something else',
    open: () => ({ append: () => EMPTY }) as never,
    noticedBy: 'open gives a new and empty log',
    complaint: /^the result of open: expected a MessageLog, got an object$/,
  },

  wrong(
    'append loses the last of several',
    appending((messages) => (messages.length > 1 ? messages.slice(0, -1) : messages)),
    MANY,
    /^read\(undefined, 300\): the data/,
  ),
  wrong(
    'append turns the order of several',
    appending((messages) => [...messages].reverse()),
    MANY,
    /^read\(undefined, 300\): the data/,
  ),
  wrong(
    'append adds the last one twice, as after a lost reply',
    appending((messages) => [...messages, ...messages.slice(-1)]),
    MANY,
    /^read\(undefined, 300\): the data/,
  ),
  wrong(
    'append adds something where there is nothing to add',
    appending((messages) => (messages.length > 0 ? messages : [{ data: 0 }])),
    'append of no messages',
    /^read\(undefined, 10\): the data of its messages: expected \[1\], got \[1,0\]$/,
  ),
  wrong(
    'append keeps a part of what it refuses',
    ({ append }) => ({
      append: (messages, end) => [
        messages.flatMap((message) => {
          JSON.stringify(message);
          return append([message], end);
        }),
      ],
    }),
    'append takes all messages or none',
    /after an append of 3 that failed: expected 0, got 1$/,
  ),
  wrong(
    'append answers with the ids in another order',
    giving((ids) => [...ids].reverse()),
    IDS,
    /^read\(undefined, 10\): the ids of its messages, as append has given them/,
  ),
  wrong(
    'append answers with the newest id alone',
    giving((ids) => ids.slice(-1)),
    IDS,
    /^append\(2 messages\): the number of ids: expected 2, got 1$/,
  ),
  wrong(
    'append answers with one id for all',
    giving((ids) => ids.map(() => ids[0]!)),
    IDS,
    /^append: the number of ids that differ: expected 4, got 3$/,
  ),
  wrong(
    'append answers with numbers',
    giving((ids) => ids.map((_, n) => n) as never),
    IDS,
    /^append\(1 messages\): expected an array of ids that are strings/,
  ),
  wrong(
    'append completes without an answer',
    ({ append }) => ({
      append: (...args) => {
        append(...args);
        return EMPTY;
      },
    }),
    IDS,
    /^append\(1 messages\): expected an answer, got the error 'no elements in sequence'$/,
  ),
  wrong(
    'append never answers',
    () => ({ append: () => NEVER }),
    IDS,
    /^append\(1 messages\): expected an answer, got nothing within 4500 ms$/,
  ),
  wrong(
    'append answers with the own id of a message, which it keeps under another one',
    ({ append }) => ({
      append: (messages, end) => {
        const ids = append(
          messages.map((message) => omit(message, 'id')),
          end,
        );
        return [messages.map(({ id }, index) => id ?? ids[index]!)];
      },
    }),
    'append of a message with an id',
    /^read\(undefined, 10\): the ids of its messages, as append has given them/,
  ),
  wrong(
    'ids have a line break',
    ({ append, head }) => ({
      append: (messages, end) => [
        append(
          messages.map((message, n) => ({ ...message, id: `${head()}\n${n}` })),
          end,
        ),
      ],
    }),
    'append gives ids that a client can send back',
    /^append or head: whether the id '.*\\x0a0' can be sent,.*: expected true, got false$/,
  ),
  {
    fault: 'a number is given before its message can be read',
    open: lateCommits,
    noticedBy: SEVERAL,
    complaint: /^read while others append: the ids, as they are read afterwards/,
  },
  wrong(
    'append loses what comes while it is busy',
    ({ append }) => {
      let isBusy = false;
      return {
        append: (messages, end) => {
          if (isBusy) return [messages.map((_, n) => `lost-${n}`)];
          isBusy = true;
          return timer(1).pipe(
            map(() => {
              isBusy = false;
              return append(messages, end);
            }),
          );
        },
      };
    },
    SEVERAL,
    /^read: all data once/,
  ),

  wrong(
    'data is kept as text',
    keeping((message) =>
      'data' in message && typeof message.data !== 'string'
        ? { ...message, data: JSON.stringify(message.data) }
        : message,
    ),
    KEPT,
    /message 12: expected \{"data":0\}, got \{"data":"0"\}$/,
  ),
  wrong('text that looks like JSON is read as JSON', keepingText(guessed), KEPT, /message 3: expected/),
  wrong(
    'an empty text is read as none',
    keepingText((text) => text || null),
    KEPT,
    /message 1: expected \{"data":""\}, got \{"data":null\}$/,
  ),
  wrong(
    'text is trimmed',
    keepingText((text) => text.trim()),
    KEPT,
    /message 2: expected/,
  ),
  wrong(
    'line breaks become line feeds',
    keepingText((text) => text.replace(/\r\n?/g, '\n')),
    KEPT,
    /message 7: expected/,
  ),
  wrong(
    'text is cut at a NUL',
    keepingText((text) => text.split('\0')[0]),
    KEPT,
    /message 9: expected/,
  ),
  wrong(
    'a character is a byte',
    keepingText((text) => text.replace(/[^\0-\xff]/gu, '?')),
    KEPT,
    /message 8: expected/,
  ),
  wrong(
    'long text is cut',
    keepingText((text) => text.slice(0, 8_192)),
    KEPT,
    /message 11: expected/,
  ),
  ...(['type', 'retry', 'comment'] as const).map((member) =>
    wrong(
      `${member} is lost`,
      keeping((message) => omit(message, member)),
      KEPT,
      new RegExp(`expected .*"${member}":.*, got `),
    ),
  ),
  wrong(
    'a message without data is read with one',
    keeping((message) => ({ data: undefined, ...message })),
    KEPT,
    /whether message 24 has data: expected false, got true$/,
  ),
  wrong(
    'a message is read without its id',
    keeping((message) => omit(message, 'id')),
    IDS,
    /the ids of its messages, as append has given them/,
  ),

  wrong(
    'read gives the message of the id, too',
    reading(({ messages, isGap }, after, limit, { read }) => {
      const before = read(undefined, 1_000).messages.filter(({ id }) => id === after);
      return isGap ? {} : { messages: [...before, ...messages].slice(0, limit) };
    }),
    PLACES,
    /the data of its messages: expected \[2\], got \[1\]$/,
  ),
  wrong(
    'read gives more than the limit',
    reading((_page, after, _limit, { read }) => ({ messages: read(after, 1_000).messages })),
    PLACES,
    /^read\('.*', 1\): expected 1 messages at the most, got 11$/,
  ),
  wrong(
    'read gives fewer than the limit, though there are more',
    reading(({ messages }) => ({ messages: messages.slice(0, 4) })),
    PAGES,
    /^read in pages of 5: the data/,
  ),
  wrong(
    'read gives the newest first',
    reading(({ messages }) => ({ messages: [...messages].reverse() })),
    PLACES,
    /the data of its messages: expected/,
  ),
  wrong(
    'read from undefined begins now',
    reading((_page, after) => (after === undefined ? { messages: [] } : {})),
    'read from undefined',
    /^read\(undefined, 10\): the data of its messages: expected \[1,2,3\], got \[\]$/,
  ),
  wrong(
    'read from undefined is a gap',
    reading((_page, after) => (after === undefined ? { isGap: true } : {})),
    'read from undefined',
    /^read\(undefined, 10\): isGap: expected false, got true$/,
  ),
  wrong(
    'no gap is told',
    reading(() => ({ isGap: false })),
    GAP,
    /isGap of an id that was never given: expected true, got false$/,
  ),
  wrong(
    'a gap begins with what comes next',
    reading(({ isGap }) => (isGap ? { messages: [] } : {})),
    GAP,
    /the data of its messages, which begin with the oldest after a gap: expected \[1,2\], got \[\]$/,
  ),
  wrong(
    'an id of the future is one that has everything',
    ({ read, head }) => ({
      read: (after, limit) => {
        const isFuture = Number(after?.split('-')[1]) > Number(head().split('-')[1]);
        return [isFuture ? { messages: [] } : read(after, limit)];
      },
    }),
    GAP,
    /isGap of an id that was never given: expected true, got false$/,
  ),
  wrong(
    'half an id is taken for the whole',
    ({ read }) => ({
      read: (after, limit) => {
        const known = read(undefined, 1_000).messages.find(({ id }) => after && id?.startsWith(after));
        return [read(known?.id ?? after, limit)];
      },
    }),
    GAP,
    /isGap of an id that was never given: expected true, got false$/,
  ),
  wrong(
    'read fails for an id that it cannot parse',
    ({ read }) => ({
      read: (after, limit) => [read(after === undefined ? after : /^\w+-\d+$/.exec(after)![0], limit)],
    }),
    GAP,
    /^read\('.*', 2\): expected an answer, got the error 'Cannot read properties of null/,
  ),
  wrong(
    'read gives no page',
    () => ({ read: () => [undefined] as never }),
    PLACES,
    /^read\('.*', 1\): expected a page with messages, got undefined$/,
  ),
  wrong(
    'the newest id is a gap',
    ({ read, head }) => ({
      read: (after, limit) => [
        after === head() ? { ...read(undefined, limit), isGap: true } : read(after, limit),
      ],
    }),
    NEWEST,
    /^read\('.*', 10\): the data of its messages: expected \[\], got \[1,2\]$/,
  ),

  wrong(
    'an empty log has no head',
    ({ read, head }) => ({ head: () => [read(undefined, 1).messages.length > 0 ? head() : ''] }),
    EMPTY_HEAD,
    /^head\(\): expected an id, a string that is not empty, got $/,
  ),
  wrong(
    'the head of an empty log is another one each time',
    ({ read, head }) => {
      let asked = 0;
      return { head: () => [read(undefined, 1).messages.length > 0 ? head() : `none-${asked++}`] };
    },
    EMPTY_HEAD,
    /^head\(\): the same while nothing is appended: expected "none-0", got "none-1"$/,
  ),
  wrong(
    'the head of an empty log is not known later',
    ({ read, head }) => ({ head: () => [read(undefined, 1).messages.length > 0 ? head() : 'none'] }),
    EMPTY_HEAD,
    /^read\('none', 10\): isGap: expected false, got true$/,
  ),
  wrong(
    'the head is the oldest message',
    ({ read, head }) => ({ head: () => [read(undefined, 1).messages[0]?.id ?? head()] }),
    HEAD,
    /^read\('.*', 10\): the data of its messages: expected \[\], got \[2\]$/,
  ),
  wrong(
    'the head is the id that comes next',
    ({ head }) => ({ head: () => [head().replace(/\d+$/, (n) => `${Number(n) + 1}`)] }),
    HEAD,
    /^read\('.*', 10\): the data of its messages: expected \[\], got \[1,2\]$/,
  ),

  wrong(
    'the end is told with every page',
    ({ append, read }) => {
      let end: LogPage['end'];
      return {
        append: (messages, ending) => {
          end = ending;
          return [append(messages, ending)];
        },
        read: (after, limit) => [{ ...read(after, limit), end }],
      };
    },
    COMPLETED,
    /the member failed of the end of a page that is not the last: expected nothing, got false$/,
  ),
  wrong(
    'the end is not told to a reader that has everything',
    reading(({ messages }) => (messages.length === 0 ? { end: undefined } : {})),
    COMPLETED,
    /the member failed of the end of the last page: expected false, got nothing$/,
  ),
  wrong(
    'a failure is told as completion',
    reading(({ end }) => (end ? { end: { failed: false } } : {})),
    FAILED,
    /the member failed of the end of the last page: expected true, got false$/,
  ),
  wrong(
    'the error of a failure is lost',
    reading(({ end }) => (end ? { end: { failed: end.failed } } : {})),
    FAILED,
    /^read: the message of the error of the end: expected "The source broke", got nothing$/,
  ),
  wrong(
    'an end without messages is dropped',
    ({ append }) => ({
      append: (messages, end) => [append(messages, messages.length > 0 ? end : undefined)],
    }),
    END_ALONE,
    /the member failed of the end of the last page: expected false, got nothing$/,
  ),
  wrong(
    'an end after messages is told as completion',
    ({ append }) => ({ append: (messages, end) => [append(messages, end && { failed: false })] }),
    'clients of resumable get the failure',
    /^resumable\(log\): the data of a client, and its end: expected \[0,1,2,"failed"\], got \[0,1,2,"completed"\]$/,
  ),
  wrong(
    'append takes more after the end, and says nothing',
    ({ append }) => {
      let isOver = false;
      return {
        append: (messages, end) => {
          if (isOver) return [[]];
          isOver = end !== undefined;
          return [append(messages, end)];
        },
      };
    },
    AFTER_END,
    /after the end: whether it fails: expected true, got false$/,
  ),

  wrong(
    'changes never emits',
    () => ({ changes: NEVER }),
    CHANGES,
    /^changes: expected to emit after an append.*, got nothing within 4500 ms$/,
  ),
  wrong(
    'changes emits once',
    ({ log }) => ({ changes: concat(log.changes.pipe(take(1)), NEVER) }),
    'clients of resumable get what appendTo publishes',
    /^resumable\(log\): expected its clients to complete.*, got nothing within 4500 ms$/,
  ),
  wrong(
    'changes emits before what has changed can be read',
    ({ append }) => {
      const changeSubject = new Subject<void>();
      return {
        append: (...args) => {
          changeSubject.next();
          return timer(1).pipe(map(() => append(...args)));
        },
        changes: changeSubject,
      };
    },
    CHANGES,
    /^changes: expected to emit after an append.*, got nothing within 4500 ms$/,
  ),
  wrong(
    'changes fails',
    () => ({ changes: throwError(() => new Error('no connection')) }),
    CHANGES,
    /^changes: expected to emit after an append.*, got the error 'no connection'$/,
  ),
  wrong(
    'changes does not tell an end',
    ({ append }) => {
      const changeSubject = new Subject<void>();
      return {
        append: (messages, end) => {
          const ids = append(messages, end);
          if (messages.length > 0) changeSubject.next();
          return [ids];
        },
        changes: changeSubject,
      };
    },
    'changes emits after an end',
    /^changes: expected to emit after an end.*, got nothing within 4500 ms$/,
  ),
  wrong(
    'changes is over for all when one leaves',
    ({ log }) => {
      const leftSubject = new Subject<void>();
      return {
        changes: log.changes.pipe(
          finalize(() => {
            leftSubject.next();
          }),
          takeUntil(leftSubject),
        ),
      };
    },
    'changes goes on for a subscriber',
    /^changes: expected to emit after an append, when another subscriber has unsubscribed.*, got the error 'it completed'$/,
  ),
  wrong(
    'changes is over once all have left',
    ({ log }) => {
      let subscribers = 0;
      let isOver = false;
      return {
        changes: defer(() => {
          subscribers++;
          return isOver ? NEVER : log.changes;
        }).pipe(
          finalize(() => {
            isOver = --subscribers === 0;
          }),
        ),
      };
    },
    'changes goes on for a subscriber',
    /^changes: expected to emit after an append, subscribed again after all had unsubscribed.*, got nothing within 4500 ms$/,
  ),
];
