import { Cluster as Cluster6, Redis as Redis6 } from 'ioredis';
import { Cluster as Cluster5, Redis as Redis5 } from 'ioredis5';
import { createClient as createClient6, createCluster as createCluster6 } from 'redis';
import { createClient as createClient5, createCluster as createCluster5 } from 'redis5';
import { describe, expectTypeOf, it } from 'vitest';
import type { RedisClient } from 'rxjs-http-streams/redis';

describe('clients of Redis', () => {
  it('are taken as they are, without a cast', () => {
    expectTypeOf(createClient6()).toExtend<RedisClient>();
    expectTypeOf(createClient6({ RESP: 3 })).toExtend<RedisClient>();
    expectTypeOf(createCluster6({ rootNodes: [] })).toExtend<RedisClient>();
    expectTypeOf(createClient5()).toExtend<RedisClient>();
    expectTypeOf(createClient5({ RESP: 3 })).toExtend<RedisClient>();
    expectTypeOf(createCluster5({ rootNodes: [] })).toExtend<RedisClient>();
    expectTypeOf<Redis6>().toExtend<RedisClient>();
    expectTypeOf<Cluster6>().toExtend<RedisClient>();
    expectTypeOf<Redis5>().toExtend<RedisClient>();
    expectTypeOf<Cluster5>().toExtend<RedisClient>();
  });
});
