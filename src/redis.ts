/** Logs for feeds and answers that are stored in Redis and shared by any number of servers. */

export type {
  IoRedisClient,
  IoRedisRow,
  NodeRedisClient,
  NodeRedisRow,
  RedisClient,
} from './redis/redisClient';
export { redisLog } from './redis/redisLog';
export type { RedisLogConfig } from './redis/redisLog';
export { redisLogs } from './redis/redisLogs';
export type { RedisLogsConfig } from './redis/redisLogs';
