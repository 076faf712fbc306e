import { onTestFinished } from 'vitest';
import { openRedis } from './openRedis';
import type { RedisConfig, RedisServer } from './openRedis';

/** Starts a Redis that serves until the test is over. */
export async function redisServer(config?: RedisConfig): Promise<RedisServer> {
  const server = await openRedis(config);
  onTestFinished(server.close);
  return server;
}
