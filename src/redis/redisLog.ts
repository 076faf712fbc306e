import { check, checkOptions } from '../options/rules';
import { REDIS_LOG, aKey, aRedisClient } from '../options/redis';
import type { MessageLog } from '../feed/log';
import type { SseMessageInit } from '../protocol/sseMessage';
import { commandsOf } from './commands';
import { hashTagged } from './hashTagged';
import type { RedisClient } from './redisClient';
import { streamLog } from './streamLog';

/** Options of {@link redisLog}. */
export interface RedisLogConfig {
  /**
   * Minimum number of messages that stay stored. Redis drops older messages some at a time.
   *
   * @defaultValue `10_000`
   */
  bufferSize?: number | undefined;
}

/**
 * Makes a log that is stored in a Redis Stream. Any number of processes can serve the log, and a client that reconnects
 * may reach any of them.
 *
 * The IDs are those of Redis, which contain the time. So if Redis loses data, an older ID is not found, instead of
 * being found at a wrong place. The IDs of the appended messages are not stored. All logs of a client share one
 * additional connection, on which Redis reports new messages. Each log reads a message once for all clients of its
 * process, so make only one log for each key in a process.
 *
 * Appended messages are in the stream once and in order, even if a reply is lost. While the connection is broken,
 * commands are retried for 30 seconds. After that the log errors with the error of the client. `append` rejects with
 *
 * - a `StreamGapError` if Redis has lost messages that it had confirmed,
 * - an `Error` if the log has ended,
 * - a `TypeError` for a message with other members than data, type, id, retry and comment, or with data that JSON
 *   cannot express,
 * - the error reply of Redis if it refuses the command.
 *
 * Other programs may add entries by `XADD key * data hello`, with the fields `data` (text) or `json`, `type`, `retry`
 * and `comment`.
 *
 * Throws a `TypeError` if the client is not one of those below, the key is empty or has braces that are not a hash tag,
 * or an option is invalid.
 *
 * @param client - A client of node-redis 6, of node-redis 5 with `RESP: 2`, or of ioredis 5 or 6, for one server or a
 *   cluster. A client of node-redis must be connected.
 * @param key - The key of the stream. Other data of the log is stored under keys that begin with `{key}`.
 *
 * @see {@link redisLogs} for one log for each answer.
 *
 * @example
 * ```ts
 * import { createClient } from 'redis';
 * import { interval, map } from 'rxjs';
 * import { appendTo, resumable, toSseResponse } from 'rxjs-http-streams';
 * import { redisLog } from 'rxjs-http-streams/redis';
 *
 * const redis = createClient();
 * redis.on('error', console.error);
 * await redis.connect();
 *
 * const prices = redisLog(redis, 'prices');
 * // On any number of servers:
 * const feed = resumable(prices);
 * export const GET = (request: Request) => toSseResponse(feed, { request });
 * // On one of them, or in a program of its own:
 * interval(1_000)
 *   .pipe(map((n) => ({ data: { n } })), appendTo(prices))
 *   .subscribe({ error: console.error });
 * ```
 */
export function redisLog<T extends SseMessageInit = SseMessageInit>(
  client: RedisClient,
  key: string,
  config: RedisLogConfig = {},
): MessageLog<T> {
  check('client', client, aRedisClient);
  check('key', key, aKey);
  checkOptions('config', config, REDIS_LOG);
  const { bufferSize = 10_000 } = config;
  return streamLog(commandsOf(client), { key, tagged: hashTagged(key), bufferSize });
}
