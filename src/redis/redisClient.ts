/** The members of a node-redis 5 or 6 client (`createClient`, `createCluster`) that are used. It must be connected. */
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

/** An entry in the format of node-redis. */
export interface NodeRedisRow {
  readonly id: string;
  readonly message: Readonly<Record<string, string>>;
}

/** The members of an ioredis 5 or 6 client (`Redis`, `Cluster`) that are used. */
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

/** An entry in the format of ioredis: its ID, and its fields as alternating names and values. */
export type IoRedisRow = [id: string, fields: string[]];

/** A Redis client of node-redis 5 or 6, or of ioredis 5 or 6, for one server or a cluster. */
export type RedisClient = NodeRedisClient | IoRedisClient;
