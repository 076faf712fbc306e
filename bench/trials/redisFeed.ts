import { firstValueFrom, from, timeout } from 'rxjs';
import type { OpenFeed } from '../contenders/redis/feed';
import { expectSame } from '../digest';
import type { RedisProcessCommands } from '../redisProcess';
import type { PublisherCommands } from '../redisPublisher';
import { Remote } from '../remote';
import type { Measures, TrialModule } from '../trial';
import { sendPaced } from '../workloads/paced';
import { FeedReaders } from './feedReaders';

/** Time after which messages that have not come count as lost, in milliseconds. */
const PATIENCE = 30_000;

const inTime = <T>(what: string, promise: Promise<T>): Promise<T> =>
  firstValueFrom(
    from(promise).pipe(
      timeout({
        each: PATIENCE,
        with: () => {
          throw new Error(`${what} took more than ${PATIENCE} ms`);
        },
      }),
    ),
  );

/** Messages a second at first: as many as it takes for the engine to optimise soon. */
const WARM_UP_RATE = 1_000;

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

  const measure = async (
    redis: Remote<RedisProcessCommands>,
    publisher: Remote<PublisherCommands>,
  ): Promise<Measures> => {
    const port = await redis.call('open');
    if (contender === 'resumable-stream') await publisher.call('produce', port, keys[0] ?? '');
    else await publisher.call('add to', port, keys);
    const { bodies, send, takesAt, close } = await open({ port, keys, readers });
    const audience = new FeedReaders(bodies);
    try {
      if (takesAt !== undefined) await publisher.call('write to', takesAt);
      await inTime(`${contender}: to begin`, audience.start());
      /** Sends so many messages, and settles when all readers have seen all of them. */
      const sendAll = async (count: number, perSecond: number): Promise<void> => {
        const pace = { count, perSecond, keys: keyCount };
        const sent = send ? sendPaced(send, pace) : publisher.call('send', pace);
        await inTime(`${contender}: ${count} messages`, Promise.all([audience.seen(), sent]));
      };
      await sendAll(dropped, WARM_UP_RATE);
      audience.take();
      audience.delays = [];
      await redis.call('watch');
      const start = performance.now();
      const cpu = process.cpuUsage();
      await sendAll(messages, rate);
      const { user, system } = process.cpuUsage(cpu);
      const seconds = (performance.now() - start) / 1000;
      const { commands, connections, blocking } = await redis.call('end watch');
      const delays = audience.delays.sort((a, b) => a - b);
      for (const numbers of audience.take()) {
        expectSame(contender, numbers.length, messages / keyCount);
        expectSame(
          contender,
          numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? NaN)),
          true,
        );
      }
      // A feed that nothing wakes gets its messages by the retries of its connection, and few commands look cheap then.
      if (contender.startsWith('redisLog')) expectSame(contender, blocking, 1);
      return {
        'µs a delivery': (user + system) / (messages * (bodies.length / keyCount)),
        'messages a second': messages / seconds,
        'commands a message': commands / messages,
        connections,
        'that wait': blocking,
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
      const [redis, publisher] = await Promise.all([
        Remote.start<RedisProcessCommands>(new URL('../redisProcess.ts', import.meta.url)),
        Remote.start<PublisherCommands>(new URL('../redisPublisher.ts', import.meta.url)),
      ]);
      try {
        return await measure(redis, publisher);
      } finally {
        await publisher.end();
        await redis.end();
      }
    },
  };
};
