import type { RedisCommands } from './commands';
import { WakeUps } from './wakeUps';

/** The wake-ups of each server, by its commands, and in a cluster by the hash tag of a key, too. */
const known = /* @__PURE__ */ new WeakMap<RedisCommands, Map<string, WakeUps>>();

/** The wake-ups that are shared by all streams which one command can wait for. */
export function wakeUpsOf(commands: RedisCommands, tag: string): WakeUps {
  const groups = known.get(commands) ?? new Map<string, WakeUps>();
  known.set(commands, groups);
  const group = commands.isCluster ? tag : '';
  let wakeUps = groups.get(group);
  if (!wakeUps) groups.set(group, (wakeUps = new WakeUps(commands)));
  return wakeUps;
}
