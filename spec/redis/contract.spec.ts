import { messageLogContract } from 'rxjs-http-streams/testing';
import { redisLog } from 'rxjs-http-streams/redis';
import { beforeAll, describe, it } from 'vitest';
import { redisClients } from '../support/redisClients';
import { installedRedis } from '../support/installedRedis';
import { openRedis } from '../support/openRedis';
import type { RedisServer } from '../support/openRedis';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

describe.runIf(installedRedis)('a log on Redis', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    const opened = await openRedis();
    redis = opened;
    return opened.close;
  });

  describe.each(redisClients)('through $name', ({ open }) => {
    let log: () => ReturnType<typeof redisLog>;
    beforeAll(async () => {
      const { client, close } = await open(redis.port);
      let logs = 0;
      const name = crypto.randomUUID();
      log = () => redisLog(client, `${name}:${logs++}`);
      return close;
    });

    for (const { name, run } of messageLogContract(() => log())) it(name, run);
  });
});
