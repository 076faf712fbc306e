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
   * Number of messages that are held, at the least: Redis drops the oldest ones some at a time.
   *
   * @defaultValue 10 000
   */
  bufferSize?: number | undefined;
}

/**
 * A log on a Redis Stream: any number of processes serve it, and any of them goes on with a client of another one.
 *
 * Ids are those of Redis, and have the time in them: after lost data an id of before is not found, rather than found at
 * a wrong place. Ids of messages are not kept. All logs of a client share one more connection, on which Redis says when
 * there is more, and each log reads a message once for all clients of a process; so a process makes one log of a key.
 *
 * What is appended is in the stream once and in order, whichever replies get lost. While the connection is broken,
 * commands are tried again for half a minute; after that, the log fails with the error of the client. `append` rejects
 *   - with `StreamGapError` if Redis has come back with less than it had confirmed,
 *   - with an `Error` once the log has ended,
 *   - with a `TypeError` for a message with other members than data, type, id, retry and comment, or with data that
 *     JSON does not have,
 *   - with what Redis replies if it refuses the command.
 *
 * Another program may add entries, too: `XADD key * data hello`, with the fields `data` (text) or `json`, `type`,
 * `retry` and `comment`. Throws a `TypeError` when the client is none of those below, the key is empty or has braces
 * that are no hash tag, or an option is out of its bounds.
 *
 * @param client - A client of node-redis 6, or 5 with `RESP: 2`, that is connected, or of ioredis 5 or 6; for one server
 *   or a cluster.
 * @param key - The key of the stream. What belongs to it is stored under keys that begin with `{key}`.
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
