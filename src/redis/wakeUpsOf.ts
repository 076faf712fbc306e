import type { RedisCommands } from './commands';
import { WakeUps } from './wakeUps';

/** The wake-ups by the commands of a client, and then by the hash tag of a key, which is empty without a cluster. */
const known = /* @__PURE__ */ new WeakMap<RedisCommands, Map<string, WakeUps>>();

/** Returns the wake-ups that all streams share for which one command can wait. */
export function wakeUpsOf(commands: RedisCommands, tag: string): WakeUps {
  const groups = known.get(commands) ?? new Map<string, WakeUps>();
  known.set(commands, groups);
  const group = commands.isCluster ? tag : '';
  let wakeUps = groups.get(group);
  if (!wakeUps) groups.set(group, (wakeUps = new WakeUps(commands)));
  return wakeUps;
}
