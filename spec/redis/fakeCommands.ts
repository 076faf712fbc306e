import { NEVER, of } from 'rxjs';
import type { RedisCommands } from '../../src/redis/commands';

/** Commands of a server whose streams are empty, and stay so. */
export const fakeCommands = (commands: Partial<RedisCommands> = {}): RedisCommands => ({
  isClosed: false,
  isCluster: false,
  rows: () => of([]),
  newest: () => of('1-0'),
  length: () => of(0),
  run: () => of(undefined),
  unblock: () => of(false),
  listen: () => ({ connected: of(undefined), id: () => of(1), wait: () => NEVER, close: () => undefined }),
  ...commands,
});
