import { spawnSync } from 'node:child_process';

const candidates = [process.env.REDIS_SERVER, 'redis-server', 'valkey-server'];

/** `REDIS_SERVER`, or the Redis or Valkey that the system has; nothing where there is none. */
export const installedRedis: string | undefined = candidates.find(
  (path) => path && spawnSync(path, ['--version']).status === 0,
);
