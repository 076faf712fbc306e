import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { breakablePath } from '../support/breakablePath';
import type { BreakablePath } from '../support/breakablePath';
import { freePort } from '../../examples/serving/freePort';
import type { RedisClientName } from '../support/openedClient';
import type { PublisherWords } from '../support/redisFeedPublisher';
import { redisServer } from '../support/redisServer';
import type { RedisServer } from '../support/openRedis';
import { root } from '../support/root';

/** A process that serves the feed, and is killed and started again at the same port. */
export interface FeedServer {
  readonly origin: string;
  /** A way that clients may take to it. */
  readonly front: BreakablePath;
  /** Its way to Redis. */
  readonly path: BreakablePath;
  /** Kills it, without a chance to say goodbye. */
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
}

/** A feed of numbers that two processes serve, and another one publishes by way of Redis. */
export interface NumbersOnRedis {
  readonly redis: RedisServer;
  readonly servers: readonly [FeedServer, FeedServer];
  /** The way of the publisher to Redis. */
  readonly publisherPath: BreakablePath;
  readonly begin: () => void;
  /** Errors of the publisher so far. */
  readonly failures: readonly string[];
  /** Ends what is published, and gives the number of messages. */
  readonly end: () => Promise<number>;
}

/** Options of such a feed. */
export interface NumbersConfig {
  readonly appendfsync: 'always' | 'everysec';
  /** The clients of Redis of the two servers, and that of the publisher. */
  readonly clients: readonly [RedisClientName, RedisClientName, RedisClientName];
}

export const originOf = (port: number): string => `http://127.0.0.1:${port}`;

/** Starts a script of the specs, once it has said that it is ready. */
async function started(script: string, ...args: readonly (string | number)[]): Promise<ChildProcess> {
  const child = fork(`spec/support/${script}.ts`, args.map(String), {
    cwd: root,
    execArgv: ['--import=tsx'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} has ended with ${String(code)} before it was ready`);
  });
  await Promise.race([once(child, 'message'), exited]);
  exited.catch(() => undefined);
  return child;
}

async function feedServer(redis: RedisServer, client: RedisClientName): Promise<FeedServer> {
  const port = await freePort();
  const front = await breakablePath(port);
  const path = await breakablePath(redis.port);
  const start = (): Promise<ChildProcess> => started('redisFeedServer', path.port, client, port);
  let child = await start();
  return {
    origin: originOf(port),
    front,
    path,
    async kill() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
    async start() {
      child = await start();
    },
  };
}

/** Starts all of it, until the test is over. */
export async function numbersOnRedis({ appendfsync, clients }: NumbersConfig): Promise<NumbersOnRedis> {
  const redis = await redisServer({ appendonly: true, appendfsync });
  const [first, second, third] = clients;
  const publisherPath = await breakablePath(redis.port);
  const [a, b, publisher] = await Promise.all([
    feedServer(redis, first),
    feedServer(redis, second),
    started('redisFeedPublisher', publisherPath.port, third),
  ]);
  const failures: string[] = [];
  const published = new Promise<number>((resolve) => {
    publisher.on('message', (words: PublisherWords) => {
      if (typeof words === 'string') return;
      if ('failed' in words) failures.push(words.failed);
      else resolve(words.published);
    });
  });
  return {
    redis,
    servers: [a, b],
    publisherPath,
    begin: () => {
      publisher.send('begin');
    },
    failures,
    end: () => {
      publisher.send('end');
      return published;
    },
  };
}
