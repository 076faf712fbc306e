import { installedRedis } from '../../spec/support/installedRedis';
import type { Case, Gate, Suite } from '../case';
import type { Params } from '../trial';

const LOG = 'redisLog';
const LOG_FOR_ONE = 'redisLog-for-one';
const IN_PROCESS = 'memoryLog';
const CONNECTIONS = 'connections';
const PEER = 'resumable-stream';

const atMost = (measure: string, against: string, most: number): Gate => ({
  is: 'overhead',
  of: LOG,
  against,
  measure,
  target: [most, most],
});

const ONE_CONNECTION: Gate = { is: 'limit', of: LOG, measure: 'blocked ones', target: [1, 1] };

const feed = (name: string, params: Params, contenders: readonly string[], gates: readonly Gate[]): Case => ({
  name: `${name}, 500 messages a second`,
  trial: 'redisFeed',
  params: { keys: 1, rate: 500, dropped: 1_000, messages: 1_500, ...params },
  contenders: [LOG, ...contenders],
  gates,
  effort: { rounds: 1 },
  lacks: installedRedis === undefined ? 'a Redis' : undefined,
});

/** Feeds whose messages come from a Redis that is started for them. */
export const redis: Suite = {
  name: 'Redis',
  note:
    'Redis, the publisher and the readers are a process each, on one machine; what is told is the CPU of the readers ' +
    'alone, and the commands without the appends. `connections` is a connection and a loop of `XREAD BLOCK` for each reader; `memoryLog` is the ' +
    'feed of a single process, which appends by itself. Delays are from just before the append to the reader of a body.',
  cases: [
    feed('1 reader of a key', { readers: 1 }, [IN_PROCESS, CONNECTIONS, PEER], [ONE_CONNECTION]),
    feed('10 readers of a key', { readers: 10 }, [IN_PROCESS, CONNECTIONS, PEER], [ONE_CONNECTION]),
    feed('100 readers of a key', { readers: 100 }, [IN_PROCESS, CONNECTIONS, PEER], [ONE_CONNECTION]),
    {
      ...feed(
        '1 000 readers of a key',
        { readers: 1_000 },
        [LOG_FOR_ONE, IN_PROCESS],
        [
          atMost('µs a delivery', IN_PROCESS, 1.5),
          atMost('commands a message', LOG_FOR_ONE, 1.2),
          ONE_CONNECTION,
        ],
      ),
      quick: { dropped: 200, messages: 300 },
    },
    feed('100 keys with a reader each', { readers: 100, keys: 100 }, [CONNECTIONS], [ONE_CONNECTION]),
    feed(
      '1 000 keys with a reader each',
      { readers: 1_000, keys: 1_000, messages: 2_000 },
      [],
      [ONE_CONNECTION],
    ),
  ],
};
