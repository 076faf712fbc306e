import type { ObservableInput } from 'rxjs';
import type { RedisClient } from './redisClient';
import { ioRedisCommands } from './ioRedisCommands';
import { nodeRedisCommands } from './nodeRedisCommands';

/** An entry of a stream. */
export interface Row {
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A stream, and the id up to which it was read. */
export type StreamPlace = readonly [key: string, id: string];

/** A connection of its own, which waits for entries. */
export interface Listener {
  readonly connected: ObservableInput<unknown>;
  /** Gives its id to who wants to unblock it. Rejects where the server has none, or does not tell it this user. */
  id(): ObservableInput<number>;
  /** Waits until one of the streams has entries after its place, and gives the first of each that has; none in time. */
  wait(places: readonly StreamPlace[], ms: number): ObservableInput<readonly StreamPlace[]>;
  close(): void;
}

/** The commands that are used, in one form for all clients. */
export interface RedisCommands {
  /** Whether the application has closed the client. */
  readonly isClosed: boolean;
  /** Whether keys are on several servers, each of which answers for keys of its own alone. */
  readonly isCluster: boolean;
  /** Reads entries forwards, from an id on. */
  rows(key: string, from: string, count: number): ObservableInput<readonly Row[]>;
  /** Gives the id of the newest entry. */
  newest(key: string): ObservableInput<string | undefined>;
  /** Gives the number of entries. */
  length(key: string): ObservableInput<number>;
  run(script: string, keys: readonly string[], args: readonly (string | number)[]): ObservableInput<unknown>;
  /** Ends the wait of a listener. Gives whether there was one. */
  unblock(id: number): ObservableInput<boolean>;
  listen(): Listener;
}

const known = /* @__PURE__ */ new WeakMap<RedisClient, RedisCommands>();

/** Gives the commands of a client, the same object each time. */
export function commandsOf(client: RedisClient): RedisCommands {
  let commands = known.get(client);
  if (!commands) {
    commands = 'xRange' in client ? nodeRedisCommands(client) : ioRedisCommands(client);
    known.set(client, commands);
  }
  return commands;
}
