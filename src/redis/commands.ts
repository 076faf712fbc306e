import type { ObservableInput } from 'rxjs';
import type { RedisClient } from './redisClient';
import { ioRedisCommands } from './ioRedisCommands';
import { nodeRedisCommands } from './nodeRedisCommands';

/** An entry of a stream. */
export interface Row {
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A stream, and the ID up to which it was read. */
export type StreamPlace = readonly [key: string, id: string];

/** A separate connection that waits for new entries, because a blocking read blocks the commands after it. */
export interface Listener {
  readonly connected: ObservableInput<unknown>;
  /** Returns the ID for `unblock`. Rejects if the server has no such ID, or denies the command to this user. */
  id(): ObservableInput<number>;
  /**
   * Waits until one of the streams has entries after its place. Returns the first new entry of each such stream, or an
   * empty list after `ms` milliseconds.
   */
  wait(places: readonly StreamPlace[], ms: number): ObservableInput<readonly StreamPlace[]>;
  close(): void;
}

/** The commands that this library uses, with the same signatures for all clients. */
export interface RedisCommands {
  /** Whether the application has closed the client. */
  readonly isClosed: boolean;
  /** Whether the keys are on several servers. One command can then use only keys of the same server. */
  readonly isCluster: boolean;
  /** Reads up to `count` entries in their order, beginning with the ID `from`. */
  rows(key: string, from: string, count: number): ObservableInput<readonly Row[]>;
  /** Returns the ID of the newest entry. */
  newest(key: string): ObservableInput<string | undefined>;
  /** Returns the number of entries. */
  length(key: string): ObservableInput<number>;
  run(script: string, keys: readonly string[], args: readonly (string | number)[]): ObservableInput<unknown>;
  /** Ends the wait of a listener. Returns whether the listener was waiting. */
  unblock(id: number): ObservableInput<boolean>;
  listen(): Listener;
}

const known = /* @__PURE__ */ new WeakMap<RedisClient, RedisCommands>();

/** Returns the commands of a client, the same object each time. */
export function commandsOf(client: RedisClient): RedisCommands {
  let commands = known.get(client);
  if (!commands) {
    commands = 'xRange' in client ? nodeRedisCommands(client) : ioRedisCommands(client);
    known.set(client, commands);
  }
  return commands;
}
