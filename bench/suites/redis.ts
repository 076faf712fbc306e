import { installedRedis } from '../../spec/support/installedRedis';
import type { Case, Gate, Suite } from '../case';

const LOG = 'redisLog';
const LOG_FOR_ONE = 'redisLog-for-one';
const IN_PROCESS = 'memoryLog';
const FED = 'memoryLog-fed';
const CONNECTIONS = 'connections';
const PEER = 'resumable-stream';

const atMost = (measure: string, against: string, most: number, later = most): Gate => ({
  is: 'overhead',
  of: LOG,
  against,
  measure,
  target: [most, later],
});

const limit = (measure: string, most: number): Gate => ({
  is: 'limit',
  of: LOG,
  measure,
  target: [most, most],
});

/** Of all feeds: a message is waited for once and read once, at the most. */
const GATES = [limit('commands a message', 2.2), limit('connections', 2), limit('that wait', 1)];

const feed = (
  name: string,
  { rate = 500, ...params }: Readonly<Record<string, number>>,
  contenders: readonly string[],
  gates: readonly Gate[] = [],
): Case => ({
  name: `${name}, ${rate} messages a second`,
  trial: 'redisFeed',
  params: { keys: 1, rate, dropped: 1_000, messages: 1_500, ...params },
  contenders: [LOG, ...contenders],
  gates: [...gates, ...GATES],
  effort: { rounds: 1 },
  lacks: installedRedis === undefined ? 'a Redis' : undefined,
});

/** Open files of a process with a thousand connections. */
const FILES = 1_200;

/** Feeds whose messages come from a Redis that is started for them. */
export const redis: Suite = {
  name: 'Redis',
  note:
    'Redis, the publisher and the readers are a process each, on one machine. What is told is the CPU of the readers ' +
    'alone, and the commands without the appends. Connections are counted every 20 ms: the most at a time, and how many ' +
    'were ever seen to wait for entries. `connections` is a connection and a loop of `XREAD BLOCK` for each reader; ' +
    '`memoryLog-fed` the feed of a single process that has its messages from the same publisher over a socket, and ' +
    '`memoryLog` of one that publishes by itself. Delays are from just before the append to the reader of a body.',
  cases: [
    feed('1 reader of a key', { readers: 1 }, [FED, IN_PROCESS, CONNECTIONS, PEER]),
    feed('10 readers of a key', { readers: 10 }, [FED, IN_PROCESS, CONNECTIONS, PEER]),
    feed('100 readers of a key', { readers: 100 }, [FED, IN_PROCESS, CONNECTIONS, PEER]),
    {
      // Of `resumable-stream`, which publishes a message once for each listener, Redis cuts off the subscriber here.
      ...feed(
        '1 000 readers of a key',
        { readers: 1_000, rate: 200, messages: 1_000 },
        [LOG_FOR_ONE, FED, IN_PROCESS, CONNECTIONS],
        [atMost('µs a delivery', FED, 2.5, 1.5), atMost('commands a message', LOG_FOR_ONE, 1.2)],
      ),
      quick: { dropped: 600, messages: 600 },
      files: FILES,
    },
    feed('100 keys with a reader each', { readers: 100, keys: 100 }, [CONNECTIONS]),
    {
      ...feed('1 000 keys with a reader each', { readers: 1_000, keys: 1_000, messages: 2_000 }, [
        CONNECTIONS,
      ]),
      quick: { messages: 1_000 },
      files: FILES,
    },
  ],
};
