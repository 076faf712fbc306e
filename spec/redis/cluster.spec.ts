import { of, map, firstValueFrom } from 'rxjs';
import { durable, resumable } from 'rxjs-http-streams';
import { redisLog, redisLogs } from 'rxjs-http-streams/redis';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { installedRedis } from '../support/installedRedis';
import { record } from '../support/recording';
import { openRedisCluster } from '../support/redisCluster';
import type { RedisCluster } from '../support/redisCluster';
import { testedRedisClients } from '../support/testedRedisClients';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

describe.runIf(installedRedis)('a cluster', () => {
  let cluster: RedisCluster;
  beforeAll(async () => {
    cluster = await openRedisCluster();
    return cluster.close;
  }, 60_000);

  describe.each(testedRedisClients)('through $name', ({ name, openCluster }) => {
    async function opened() {
      const { client, close } = await openCluster(cluster.ports);
      onTestFinished(close);
      return client;
    }

    it('has a log and what belongs to it on one server, whichever that is', async () => {
      const client = await opened();
      for (const key of ['a', 'b', 'c', '{tag}:d']) {
        const log = redisLog(client, `${key} of ${name}`);
        const { values, subscription } = record(resumable(log)());
        await vi.waitFor(async () => {
          await log.append([{ data: key }]);
          expect(values.length).toBeGreaterThan(0);
        });
        subscription.unsubscribe();
      }
    });

    it('keeps the connection that waits from message to message', async () => {
      const log = redisLog(await opened(), `kept for ${name}`);
      const { received, subscription } = record(resumable(log)());
      const connections = async (): Promise<number> =>
        (await Promise.all(cluster.nodes.map((node) => node.cli('INFO', 'stats'))))
          .map((stats) => Number(/total_connections_received:(\d+)/.exec(stats)?.[1]))
          .reduce((sum, count) => sum + count);
      await vi.waitFor(async () => {
        await log.append([{ data: 0 }]);
        await received(1);
      });
      const before = await connections();
      for (let n = 1; n <= 10; n++) {
        await log.append([{ data: n }]);
        await received(n + 1);
      }
      // `redis-cli` has one to each server, and a client may open one to a server that it has not needed before.
      expect((await connections()) - before).toBeLessThan(10);
      subscription.unsubscribe();
    });

    it('has the answers of a prefix on one server, and stops them', async () => {
      const answers = durable(redisLogs(await opened(), { prefix: name }));
      for (const id of ['1', '{2}', '3']) {
        const { values, ended } = record(answers.run(id, of('a', 'b').pipe(map((data) => ({ data }))))());
        await ended();
        expect(values.map(({ data }) => data)).toEqual(['a', 'b']);
        expect(await firstValueFrom(answers.stop(id))).toBe(false);
      }
    });
  });
});
