import { inject } from 'vitest';
import { redisClients } from './redisClients';

declare module 'vitest' {
  interface ProvidedContext {
    readonly everyRedisClient?: boolean;
  }
}

/** The clients of Redis that a run tries, for `describe.each`: the first, or with `everyRedisClient` all of them. */
export const testedRedisClients = redisClients.slice(0, inject('everyRedisClient') ? undefined : 1);
