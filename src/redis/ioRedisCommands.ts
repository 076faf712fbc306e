import { noop } from 'rxjs';
import type { Listener, RedisCommands, Row } from './commands';
import type { IoRedisClient, IoRedisRow } from './redisClient';

/** Members of an ioredis client that its duplicates have too, besides the commands. */
interface IoRedisConnection extends Omit<IoRedisClient, 'duplicate'> {
  duplicate(overrides: object): IoRedisConnection;
  duplicate(startupNodes: readonly never[], overrides: object): IoRedisConnection;
  readonly isCluster?: boolean;
  readonly options?: { readonly keyPrefix?: string };
  client?(subcommand: 'ID'): Promise<number>;
  client?(subcommand: 'UNBLOCK', id: number): Promise<unknown>;
  on(event: 'error', listener: () => void): unknown;
  once(event: 'close' | 'ready', listener: () => void): unknown;
  disconnect(): void;
}

const rowOf = ([id, fields]: IoRedisRow): Row => ({
  id,
  fields: Object.fromEntries(
    fields.flatMap((value, index) => (index % 2 === 0 ? [[value, fields[index + 1] ?? '']] : [])),
  ),
});

/** Returns the commands of an ioredis client. */
export function ioRedisCommands(client: IoRedisClient): RedisCommands {
  const connection = client as IoRedisConnection;
  const isCluster = connection.isCluster === true;
  return {
    get isClosed() {
      return client.status === 'end';
    },
    isCluster,
    rows: async (key, from, count) => (await client.xrange(key, from, '+', 'COUNT', count)).map(rowOf),
    newest: async (key) => (await client.xrevrange(key, '+', '-', 'COUNT', 1))[0]?.[0],
    length: (key) => client.xlen(key),
    run: (script, keys, args) => client.eval(script, keys.length, ...keys, ...args.map(String)),
    unblock: async (id) => Number(await connection.client?.('UNBLOCK', id)) === 1,
    listen: () => listenerOf(connection, isCluster),
  };
}

function listenerOf(client: IoRedisConnection, isCluster: boolean): Listener {
  const connection = isCluster
    ? client.duplicate([], { lazyConnect: false })
    : // `commandTimeout` would end each wait, and version 3 of the protocol has replies of another shape.
      client.duplicate({ commandTimeout: undefined, protocol: 2, lazyConnect: false });
  connection.on('error', noop);
  // When a connection closes, ioredis sends its commands again on the next one, or never settles them.
  const closed = new Promise<never>((_, reject) => {
    connection.once('close', () => {
      reject(new Error('The connection to Redis has closed'));
    });
  });
  closed.catch(noop);
  const beginning = (client.options?.keyPrefix ?? '').length;
  return {
    connected: Promise.race([
      closed,
      new Promise<void>((resolve) => {
        connection.once('ready', resolve);
      }),
    ]),
    id: () =>
      isCluster || !connection.client
        ? Promise.reject(new Error('A cluster has no id of a connection'))
        : connection.client('ID').then(Number),
    wait: async (places, ms) => {
      const keys = places.map(([key]) => key);
      const ids = places.map(([, id]) => id);
      const streams = (await Promise.race([
        closed,
        connection.xread('COUNT', 1, 'BLOCK', ms, 'STREAMS', ...keys, ...ids),
      ])) as [key: string, rows: IoRedisRow[]][] | null;
      return (streams ?? []).flatMap(([key, rows]) =>
        rows.map(([id]) => [key.slice(beginning), id] as const),
      );
    },
    close: () => {
      connection.disconnect();
    },
  };
}
