import { Subject, defer, filter, map, merge, tap } from 'rxjs';
import { StreamGapError } from '../errors';
import type { MessageLog } from '../feed/log';
import type { MessageLogs } from '../feed/logs';
import { newEpoch } from '../feed/newEpoch';
import { observed } from '../flow/observed';
import { check, checkOptions } from '../options/rules';
import { REDIS_LOGS, aRedisClient } from '../options/redis';
import type { SseMessageInit } from '../protocol/sseMessage';
import { commandsOf } from './commands';
import { BEFORE_ALL } from './ids';
import { leases } from './leases';
import type { RedisClient } from './redisClient';
import { SharedLogs } from './sharedLogs';
import { streamLog } from './streamLog';

/** Options of {@link redisLogs}. */
export interface RedisLogsConfig {
  /**
   * The prefix of the keys of the answers, which is put in braces. In a cluster, all answers of a prefix are on one
   * server.
   *
   * @defaultValue `'answers'`
   */
  prefix?: string | undefined;
  /**
   * Time for which an answer stays stored after its end, in milliseconds.
   *
   * @defaultValue `300_000`, five minutes
   */
  ttl?: number | undefined;
  /**
   * Time after which the process that generates an answer counts as dead if it does not renew its lease, in
   * milliseconds. The process renews the lease after each third of this time.
   *
   * @defaultValue `30_000`
   */
  lease?: number | undefined;
}

/** Minimum number of messages that stay stored for each answer. */
const BUFFER_SIZE = 100_000;

/**
 * Makes the logs of `durable` in Redis, one for each answer. Any server can continue an answer for a client, or stop
 * it.
 *
 * The process that generates an answer has a lease on it. If the lease expires, because the process has died or was
 * suspended, the answer ends with an error for all its current and later clients, and the process can append nothing
 * more to it. `stop` ends the answer at once for its clients. The process unsubscribes from the source of the answer
 * when it appends the next message or renews the lease. While the connection is broken, commands are retried for 30
 * seconds.
 *
 * Throws a `TypeError` if the client is not one of those below, or an option is invalid.
 *
 * @param client - A client of node-redis 6, of node-redis 5 with `RESP: 2`, or of ioredis 5 or 6, for one server or a
 *   cluster. A client of node-redis must be connected.
 *
 * @see {@link redisLog} for one log with a given key.
 *
 * @example
 * ```ts
 * import { Redis } from 'ioredis';
 * import { interval, map, take } from 'rxjs';
 * import { durable, toSseResponse } from 'rxjs-http-streams';
 * import { redisLogs } from 'rxjs-http-streams/redis';
 *
 * const answers = durable(redisLogs(new Redis(), { lease: 10_000 }));
 * const token$ = interval(100).pipe(
 *   take(50),
 *   map((n) => ({ data: `token ${n}` })),
 * );
 *
 * export const POST = (request: Request, id: string) =>
 *   toSseResponse(
 *     answers.run(id, () => token$),
 *     { request },
 *   );
 * export const GET = (request: Request, id: string) =>
 *   toSseResponse(answers.follow(id), { request, awaitFirst: true });
 * ```
 */
export function redisLogs<T extends SseMessageInit = SseMessageInit>(
  client: RedisClient,
  config: RedisLogsConfig = {},
): MessageLogs<T> {
  check('client', client, aRedisClient);
  checkOptions('config', config, REDIS_LOGS);
  const { prefix = 'answers', ttl = 300_000, lease: time = 30_000 } = config;
  const commands = commandsOf(client);
  const tagged = `{${prefix}}`;
  const stopSubject = new Subject<string>();
  const logs = new SharedLogs<T>();
  const { keysOf, claim, check: checked, watched, renewed, stop } = leases(commands, { tagged, ttl, time });

  const hold = (id: string, holder?: string): MessageLog<T> => {
    const { key, lease } = keysOf(id);
    const log = streamLog<T>(commands, {
      key,
      tagged,
      bufferSize: BUFFER_SIZE,
      claim: holder === undefined ? undefined : { lease, holder, ttl },
    });
    const held = {
      ...log,
      // A claim begins the stream. If there is none, Redis has dropped the answer since `find` or `claim`.
      head: () =>
        observed(log.head()).pipe(
          tap((head) => {
            if (head === BEFORE_ALL) throw new StreamGapError({ lastEventId: '' });
          }),
        ),
      // Each reader watches the lease, because a process that has died cannot end its answer itself.
      changes: merge(log.changes, watched(id)),
    };
    logs.set(id, held);
    return held;
  };

  const logOf = (id: string): MessageLog<T> => logs.get(id) ?? hold(id);

  return {
    claim: (id) =>
      defer(() => {
        const holder = newEpoch();
        return claim(id, holder).pipe(
          map((isGiven) =>
            isGiven
              ? {
                  log: hold(id, holder),
                  stopped: merge(stopSubject.pipe(filter((stopped) => stopped === id)), renewed(id, holder)),
                }
              : { log: logOf(id) },
          ),
        );
      }),
    find: (id) => checked(id).pipe(map((left) => (left < 0 ? undefined : logOf(id)))),
    stop: (id) =>
      stop(id).pipe(
        tap((isStopped) => {
          if (isStopped) stopSubject.next(id);
        }),
      ),
  };
}
