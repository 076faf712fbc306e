import { setTimeout } from 'node:timers/promises';
import { openRedis } from '../../spec/support/redisServer';
import type { RedisServer } from '../../spec/support/redisServer';
import type { OpenFeed, OpenedFeed } from '../contenders/redis/feed';
import { expectSame } from '../digest';
import type { PublisherCommands } from '../redisPublisher';
import { Remote } from '../remote';
import type { Measures, TrialModule } from '../trial';
import { LAST, sendPaced, takePaced } from '../workloads/paced';

/** Readers whose messages are looked at one by one: the others cost what is measured. */
const LOOKED_AT = 10;
/** Time after which nothing is under way any more, in milliseconds. */
const QUIET = 200;

/** The readers of a feed, and what they have seen. */
class Readers {
  delays: number[] = [];
  private numbers: number[][] = [];
  private ended = 0;
  private live = 0;
  private called: () => void = () => undefined;
  private readonly readers: readonly ReadableStreamDefaultReader<Uint8Array>[];

  constructor(bodies: OpenedFeed['bodies']) {
    this.readers = bodies.map((body) => body.getReader());
  }

  /** Begins to read, and settles once each of them is live. */
  async start(): Promise<void> {
    const every = Math.ceil(this.readers.length / LOOKED_AT);
    this.numbers = Array.from({ length: Math.ceil(this.readers.length / every) }, () => []);
    await new Promise<void>((resolve) => {
      this.called = resolve;
      for (const [index, reader] of this.readers.entries()) {
        const numbers = index % every === 0 ? this.numbers[index / every] : undefined;
        void this.read(reader, numbers);
      }
    });
  }

  /** Settles when so many of them have seen the last message. */
  async seen(readers: number): Promise<void> {
    if (this.ended < readers) {
      await new Promise<void>((resolve) => {
        this.called = () => {
          if (this.ended === readers) resolve();
        };
      });
    }
    this.ended = 0;
  }

  /** Gives the numbers that those which are looked at have seen since the last time. */
  take(): number[][] {
    return this.numbers.map((numbers) => numbers.splice(0));
  }

  async leave(): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.cancel()));
  }

  private async read(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    numbers: number[] | undefined,
  ): Promise<void> {
    const decoder = new TextDecoder();
    const last = LAST.charCodeAt(0);
    await reader.read();
    if (++this.live === this.readers.length) this.called();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (numbers) {
        for (const { number, delay } of takePaced(decoder.decode(value))) {
          numbers.push(number);
          this.delays.push(delay);
        }
      }
      // The two line feeds that end a message follow.
      if (value[value.length - 3] === last) {
        this.ended++;
        this.called();
      }
    }
  }
}

/** Commands that Redis has carried out, without those of this trial and without the appends. */
async function commandsOf(server: RedisServer): Promise<number> {
  const stats = await server.cli('info', 'commandstats');
  return [...stats.matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm)]
    .filter(([, name = '']) => !['xadd', 'info', 'client|list', 'command|docs'].includes(name))
    .reduce((sum, [, , calls]) => sum + Number(calls), 0);
}

const connectionsOf = (list: string): string[] => list.split('\n').filter((line) => line.includes('cmd='));

/** The connections that Redis has, and those of them that wait, once all readers have read everything. */
async function idleConnections(server: RedisServer): Promise<{ all: number; blocked: number }> {
  await setTimeout(QUIET);
  const found = connectionsOf(await server.cli('client', 'list'));
  return { all: found.length, blocked: found.filter((line) => / flags=[A-Za-z]*b/.test(line)).length };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;

/**
 * Readers of messages that come at an even rate. The appends and the readers are in processes of their own, except for
 * a contender that sends by itself. The first messages are dropped: the engine optimises meanwhile.
 */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { readers, keys: keyCount, rate, dropped, messages } = params as Readonly<Record<string, number>>;
  if (!readers || !keyCount || !rate || !dropped || !messages) {
    throw new Error('expected readers, keys, rate, dropped and messages');
  }
  const { open } = (await import(`../contenders/redis/${contender}.ts`)) as { open: OpenFeed };
  const keys = Array.from({ length: keyCount }, (_, index) => `feed-${index}`);

  const measure = async (server: RedisServer, publisher: Remote<PublisherCommands>): Promise<Measures> => {
    if (contender === 'resumable-stream') await publisher.call('produce', server.port, keys[0] ?? '');
    else await publisher.call('add to', server.port, keys);
    const others = connectionsOf(await server.cli('client', 'list')).length;
    const { bodies, send, close } = await open({ port: server.port, keys, readers });
    const audience = new Readers(bodies);
    try {
      await audience.start();
      /** Sends so many messages, and settles when all readers have seen all of them. */
      const sendAll = async (count: number): Promise<void> => {
        const seen = audience.seen(bodies.length);
        const pace = { count, perSecond: rate, keys: keyCount };
        if (send) await sendPaced(send, pace);
        else await publisher.call('send', pace);
        await seen;
      };
      await sendAll(dropped);
      audience.take();
      audience.delays = [];
      const before = await commandsOf(server);
      const start = performance.now();
      const cpu = process.cpuUsage();
      await sendAll(messages);
      const { user, system } = process.cpuUsage(cpu);
      const seconds = (performance.now() - start) / 1000;
      const commands = (await commandsOf(server)) - before;
      const delays = audience.delays.sort((a, b) => a - b);
      for (const numbers of audience.take()) {
        expectSame(contender, numbers.length, messages / keyCount);
        expectSame(
          contender,
          numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? NaN)),
          true,
        );
      }
      const { all, blocked } = await idleConnections(server);
      // A feed that nothing wakes gets its messages by the retries of its connection, and few commands look cheap then.
      if (contender.startsWith('redisLog')) expectSame(contender, blocked > 0, true);
      return {
        'µs a delivery': (user + system) / (messages * (bodies.length / keyCount)),
        'messages a second': messages / seconds,
        'commands a message': commands / messages,
        connections: all - others,
        'blocked ones': blocked,
        'p50 ms': quantile(delays, 0.5),
        'p99 ms': quantile(delays, 0.99),
      };
    } finally {
      await audience.leave();
      close();
    }
  };

  return {
    size: messages,
    cold: true,
    check: () => Promise.resolve(),
    async run() {
      const server = await openRedis();
      const publisher = await Remote.start<PublisherCommands>(
        new URL('../redisPublisher.ts', import.meta.url),
      );
      try {
        return await measure(server, publisher);
      } finally {
        await publisher.call('leave');
        await publisher.end();
        await server.close();
      }
    },
  };
};
