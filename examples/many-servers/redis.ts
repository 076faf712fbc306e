import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

const program = process.env.REDIS_SERVER ?? 'redis-server';

/** Whether there is a Redis to start. */
export const isRedisInstalled = (): boolean => spawnSync(program, ['--version']).status === 0;

/** Starts a Redis that writes what it confirms to a file first, and has it again when it is started again. */
export function startRedis(port: number, folder: string): ChildProcess {
  const place = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const durability = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'always'];
  return spawn(program, [...place, ...durability], { stdio: 'ignore' });
}
