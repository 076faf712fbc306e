import type { Observable } from 'rxjs';
import { Subject, firstValueFrom, from, lastValueFrom, map, range, toArray } from 'rxjs';
import { appendTo, isStreamGapError, resumable } from 'rxjs-http-streams';
import type { MessageLog, SseMessageInit } from 'rxjs-http-streams';
import { redisLog } from 'rxjs-http-streams/redis';
import { createClient as createClient5 } from 'redis5';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { breakablePath } from '../support/breakablePath';
import { installedRedis } from '../support/installedRedis';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { redisClients } from '../support/redisClients';
import { openRedis } from '../support/openRedis';
import type { RedisServer } from '../support/openRedis';
import { redisServer } from '../support/redisServer';
import { testedRedisClients } from '../support/testedRedisClients';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const PATIENCE = { timeout: 3_000, interval: 10 };
const numbers = (count: number): Observable<SseMessageInit> => range(count).pipe(map((data) => ({ data })));
const dataOf = (messages: readonly SseMessageInit[]): unknown[] => messages.map(({ data }) => data);

/** Subscribes until the test is over. */
function recorded<T>(source: Observable<T>): Recording<T> {
  const recording = record(source);
  onTestFinished(() => {
    recording.subscription.unsubscribe();
  });
  return recording;
}

/** All that a log holds. */
const held = async (log: MessageLog): Promise<unknown[]> =>
  dataOf((await firstValueFrom(from(log.read(undefined, 10_000)))).messages);

/** The connections that wait for entries. */
const waiting = async (redis: RedisServer): Promise<number> =>
  (await redis.cli('CLIENT', 'LIST')).split('\n').filter((line) => line.includes(' cmd=xread')).length;

const commands = async (redis: RedisServer): Promise<number> =>
  Number(/total_commands_processed:(\d+)/.exec(await redis.cli('INFO', 'stats'))?.[1]);

/** Number of connections that there have been. */
const connections = async (redis: RedisServer): Promise<number> =>
  Number(/total_connections_received:(\d+)/.exec(await redis.cli('INFO', 'stats'))?.[1]);

describe.runIf(installedRedis)('redisLog', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await openRedis({
      users: { default: 'on nopass ~* &* +@all', nobody: 'on >secret ~* &* +@all -client|unblock' },
    });
    return redis.close;
  });
  let keys = 0;
  const newKey = (): string => `feed ${keys++}`;

  describe.each(testedRedisClients)('through $name', ({ name, open }) => {
    async function opened(port = redis.port, user?: Parameters<typeof open>[1]) {
      const { client, close } = await open(port, user);
      onTestFinished(close);
      return client;
    }

    it('has one connection that waits for all readers of all keys, and reads a message once for all of them', async () => {
      const client = await opened();
      const costs: number[] = [];
      for (const readers of [1, 200]) {
        const logs = [redisLog(client, newKey()), redisLog(client, newKey())];
        const feeds = logs.map((log) => resumable(log));
        const recordings = Array.from({ length: readers }, (_, index) => recorded(feeds[index % 2]!()));
        const [first] = logs;
        await vi.waitFor(async () => {
          expect(await waiting(redis)).toBe(1);
        }, PATIENCE);
        const before = await commands(redis);
        for (let n = 0; n < 20; n++) {
          await first!.append([{ data: n }]);
          await recordings[0]!.received(n + 1);
        }
        costs.push((await commands(redis)) - before);
        for (const { subscription } of recordings) subscription.unsubscribe();
      }
      expect(costs[1]).toBeLessThan(costs[0]! * 1.5);
    });

    it('keeps that connection from message to message', async () => {
      const log = redisLog(await opened(), newKey());
      const { received } = recorded(resumable(log)());
      await vi.waitFor(async () => {
        expect(await waiting(redis)).toBe(1);
      }, PATIENCE);
      const before = await connections(redis);
      for (let n = 1; n <= 10; n++) {
        await log.append([{ data: n }]);
        await received(n);
      }
      // `redis-cli` has one for each of its commands.
      expect((await connections(redis)) - before).toBe(1);
    });

    it('closes that connection when the last reader has left', async () => {
      const client = await opened();
      const { subscription } = record(resumable(redisLog(client, newKey()))());
      await vi.waitFor(async () => {
        expect(await waiting(redis)).toBe(1);
      }, PATIENCE);
      subscription.unsubscribe();
      await vi.waitFor(async () => {
        expect(await waiting(redis)).toBe(0);
      }, PATIENCE);
    });

    it.each([
      ['', undefined],
      [', also for a user who may not end a wait', { username: 'nobody', password: 'secret' }],
    ])('brings what comes to a key that joins while others are waited for%s', async (_, user) => {
      const client = await opened(redis.port, user);
      recorded(resumable(redisLog(client, newKey()))());
      await vi.waitFor(async () => {
        expect(await waiting(redis)).toBe(1);
      }, PATIENCE);

      const log = redisLog(client, newKey());
      await log.append([{ data: 'before' }]);
      const { values } = recorded(resumable(log)());
      await vi.waitFor(async () => {
        await log.append([{ data: 'after' }]);
        expect(dataOf(values)).toContain('after');
        expect(dataOf(values)).not.toContain('before');
      }, PATIENCE);
    });

    it('fails the readers of a key of another type, and no others', async () => {
      const client = await opened();
      const key = newKey();
      const log = redisLog(client, newKey());
      const { values, outcome } = recorded(resumable(log)());
      await redis.cli('SET', key, 'a text');
      const other = recorded(resumable(redisLog(client, key))());
      await other.ended();
      expect(String(other.error)).toContain('WRONGTYPE');
      await vi.waitFor(async () => {
        await log.append([{ data: 1 }]);
        expect(values.length).toBeGreaterThan(0);
      }, PATIENCE);
      expect(outcome).toBeUndefined();

      // Also where the key was replaced while it was waited for.
      const replaced = newKey();
      const late = recorded(resumable(redisLog(client, replaced))());
      await vi.waitFor(async () => {
        expect(await waiting(redis)).toBe(1);
      }, PATIENCE);
      await redis.cli('SET', replaced, 'a text');
      await log.append([{ data: 2 }]);
      await vi.waitFor(async () => {
        await log.append([{ data: 3 }]);
        expect(dataOf(values)).toContain(3);
      }, PATIENCE);
      late.subscription.unsubscribe();
    });

    it('appends each message once, whichever replies get lost', async () => {
      const path = await breakablePath(redis.port);
      const log = redisLog(await opened(path.port), newKey());
      const source = new Subject<SseMessageInit>();
      const { values, received } = recorded(source.pipe(appendTo(log)));
      for (let n = 0; n < 6; n++) {
        const lost = path.loseReply(/eval/i);
        source.next({ data: n });
        await lost;
        await received(n + 1);
      }
      expect(dataOf(values)).toEqual([0, 1, 2, 3, 4, 5]);
      expect(await held(log)).toEqual([0, 1, 2, 3, 4, 5]);
    });

    // node-redis 5.12 may send a command before it notices a cut. It may then take the reply to its next greeting for
    // that of the command, and from then on give each command the reply to the one before.
    if (name !== 'node-redis 5') {
      it('goes on reading when its connections were cut', async () => {
        const path = await breakablePath(redis.port);
        const log = redisLog(await opened(path.port), newKey());
        const direct = redisLog(await opened(), newKey());
        const { values, outcome } = recorded(resumable(log)());
        recorded(resumable(direct)());
        for (let n = 0; n < 3; n++) {
          await log.append([{ data: n }]);
          await vi.waitFor(() => {
            expect(values).toHaveLength(n + 1);
          }, PATIENCE);
          path.cut();
        }
        expect(dataOf(values)).toEqual([0, 1, 2]);
        expect(outcome).toBeUndefined();
      });
    }

    it('fails a publisher whose confirmed messages are gone, and goes on when it has told so', async () => {
      const log = redisLog(await opened(), newKey());
      await log.append([{ data: 1 }]);
      const [id] = await lastValueFrom(from(log.append([{ data: 2 }])));
      await redis.cli('FLUSHALL');
      const failing = log.append([{ data: 3 }]) as Promise<unknown>;
      await expect(failing).rejects.toSatisfy(isStreamGapError);
      await expect(failing).rejects.toMatchObject({ lastEventId: id });
      await log.append([{ data: 4 }]);
      expect(await held(log)).toEqual([4]);
    });

    it('tells a gap to who has a message that was dropped, and to who comes after the key was deleted', async () => {
      const client = await opened();
      const key = newKey();
      const log = redisLog(client, key, { bufferSize: 100 });
      const ids = await lastValueFrom(numbers(500).pipe(appendTo(log, { ends: false }), toArray()));
      const feed = resumable(log);
      const old = recorded(feed(ids[3]!.id));
      await old.ended();
      expect(isStreamGapError(old.error)).toBe(true);
      const newer = recorded(feed(ids[449]!.id));
      await newer.received(50);
      newer.subscription.unsubscribe();
      await redis.cli('DEL', key);
      const late = recorded(feed(ids.at(-1)!.id));
      await late.ended();
      expect(isStreamGapError(late.error)).toBe(true);
    });

    it('serves what another program adds', async () => {
      const key = newKey();
      const log = redisLog(await opened(), key);
      const { values } = recorded(resumable(log)());
      await vi.waitFor(async () => {
        expect(await waiting(redis)).toBe(1);
      }, PATIENCE);
      await redis.cli('XADD', key, '7-1', 'data', 'hello', 'type', 'greeting', 'colour', 'red');
      await redis.cli('XADD', key, '7-2', 'json', '{"a":[1]}', 'retry', '5');
      await vi.waitFor(() => {
        expect(values).toEqual([
          { id: '7-1', data: 'hello', type: 'greeting' },
          { id: '7-2', data: { a: [1] }, retry: 5 },
        ]);
      }, PATIENCE);
    });

    it('fails as the client does when the application has closed it', async () => {
      const { client, close } = await open(redis.port);
      const log = redisLog(client, newKey());
      await log.append([{ data: 1 }]);
      close();
      await expect(log.append([{ data: 2 }])).rejects.toThrow(/closed/i);
      await expect(lastValueFrom(from(log.read(undefined, 1)))).rejects.toThrow(/closed/i);
    });
  });

  it('refuses a client of node-redis 5 that cannot read streams', () => {
    expect(() => redisLog(createClient5({ RESP: 3 }), newKey())).toThrow('expected RESP: 2');
  });

  it('refuses what Redis would not hold', async () => {
    const { client, close } = await redisClients[0].open(redis.port);
    onTestFinished(close);
    const log = redisLog<SseMessageInit & { price?: number }>(client, newKey());
    await expect(log.append([{ data: 1 }, { data: 2, price: 3 }])).rejects.toThrow(
      "message 1: expected data, type, id, retry and comment alone, got 'price'",
    );
    await expect(log.append([{ data: () => 1 }])).rejects.toThrow(
      'message 0: expected data that JSON can express, got a function',
    );
    expect(await held(log)).toEqual([]);
    await log.append([{ data: 1 }]);
    expect(await held(log)).toEqual([1]);
  });

  it('holds back what comes while Redis is away, and goes on when it is there again', async () => {
    const own = await redisServer({ appendonly: true });
    const { client, close } = await redisClients[0].open(own.port);
    onTestFinished(close);
    const log = redisLog(client, 'feed');
    const reader = recorded(resumable(log)());
    const source = new Subject<SseMessageInit>();
    const { outcome } = recorded(source.pipe(appendTo(log)));
    source.next({ data: 1 });
    await reader.received(1);
    await own.kill();
    source.next({ data: 2 });
    await own.start();
    source.next({ data: 3 });
    await reader.received(3);
    expect(dataOf(reader.values)).toEqual([1, 2, 3]);
    expect(outcome).toBeUndefined();
  });
});
