/** The part that is used of a client of node-redis 5 or 6 (`createClient`, `createCluster`). It has to be connected. */
export interface NodeRedisClient {
  readonly isOpen: boolean;
  xRange(
    key: string,
    start: string,
    end: string,
    options: { COUNT: number },
  ): Promise<readonly NodeRedisRow[] | null>;
  xRevRange(
    key: string,
    start: string,
    end: string,
    options: { COUNT: number },
  ): Promise<readonly NodeRedisRow[] | null>;
  xLen(key: string): Promise<number>;
  xRead(streams: { key: string; id: string }[], options: { COUNT: number; BLOCK: number }): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  duplicate(overrides?: object): unknown;
}

/** An entry as node-redis gives it. */
export interface NodeRedisRow {
  readonly id: string;
  readonly message: Readonly<Record<string, string>>;
}

/** The part of a client of ioredis 5 or 6 (`Redis`, `Cluster`) that is used. */
export interface IoRedisClient {
  readonly status: string;
  xrange(key: string, start: string, end: string, token: 'COUNT', count: number): Promise<IoRedisRow[]>;
  xrevrange(key: string, end: string, start: string, token: 'COUNT', count: number): Promise<IoRedisRow[]>;
  xlen(key: string): Promise<number>;
  xread(
    ...args: [
      countToken: 'COUNT',
      count: number,
      millisecondsToken: 'BLOCK',
      milliseconds: number,
      streamsToken: 'STREAMS',
      ...args: string[],
    ]
  ): Promise<unknown>;
  eval(script: string, keys: number, ...args: string[]): Promise<unknown>;
  duplicate(...args: never[]): unknown;
}

/** An entry as ioredis gives it: its id, and its fields and their values in turns. */
export type IoRedisRow = [id: string, fields: string[]];

/** A client of Redis: node-redis 5 or 6, ioredis 5 or 6, for one server or for a cluster. */
export type RedisClient = NodeRedisClient | IoRedisClient;
