import { noop } from 'rxjs';
import type { Listener, RedisCommands, Row } from './commands';
import type { NodeRedisClient, NodeRedisRow } from './redisClient';

/** Members of a node-redis client that its duplicates have too, besides the commands. */
interface NodeRedisConnection extends NodeRedisClient {
  readonly options?: { readonly RESP?: number };
  withCommandOptions(options: object): NodeRedisClient;
  connect(): Promise<unknown>;
  destroy(): void;
  on(event: 'error', listener: () => void): unknown;
  clientId(): Promise<number>;
  sendCommand(args: string[]): Promise<unknown>;
}

/** The reply to `xRead`. */
type Streams = readonly { readonly name: string; readonly messages: readonly { readonly id: string }[] }[];

const rowOf = ({ id, message }: NodeRedisRow): Row => ({ id, fields: message });

/**
 * Options without the time-out of a command. For the time-out node-redis 6 makes an `AbortSignal` for each command.
 * These outlive the reply, and collecting them costs more than reading. `persistently` has a time-out of its own.
 */
const UNTIMED = { timeout: undefined };

/** Returns the commands of a node-redis client. Throws a `TypeError` for version 5 with version 3 of the protocol. */
export function nodeRedisCommands(client: NodeRedisClient): RedisCommands {
  const connection = client as NodeRedisConnection;
  if (!('clientUnblock' in client) && connection.options?.RESP === 3) {
    throw new TypeError(
      'client: expected RESP: 2 of a client of node-redis 5, which cannot read streams in the third version of the protocol',
    );
  }
  const reading = connection.withCommandOptions(UNTIMED);
  return {
    get isClosed() {
      return !client.isOpen;
    },
    isCluster: isCluster(client),
    rows: async (key, from, count) =>
      ((await reading.xRange(key, from, '+', { COUNT: count })) ?? []).map(rowOf),
    newest: async (key) => (await reading.xRevRange(key, '+', '-', { COUNT: 1 }))?.[0]?.id,
    length: (key) => client.xLen(key),
    run: (script, keys, args) => client.eval(script, { keys: [...keys], arguments: args.map(String) }),
    // node-redis 5 has no method for this command.
    unblock: async (id) => (await connection.sendCommand(['CLIENT', 'UNBLOCK', String(id)])) === 1,
    listen: () => listenerOf(client),
  };
}

/** Whether a client is of a cluster. `masters` tells, because a cluster's client has the same commands as any other. */
const isCluster = (client: NodeRedisClient): boolean => 'masters' in client;

function listenerOf(client: NodeRedisClient): Listener {
  const connection = client.duplicate({ commandOptions: UNTIMED }) as NodeRedisConnection;
  connection.on('error', noop);
  return {
    connected: connection.connect(),
    id: () =>
      isCluster(client)
        ? Promise.reject(new Error('A cluster has no id of a connection'))
        : connection.clientId(),
    wait: async (places, ms) => {
      const streams = (await connection.xRead(
        places.map(([key, id]) => ({ key, id })),
        { COUNT: 1, BLOCK: ms },
      )) as Streams | null;
      return (streams ?? []).flatMap(({ name, messages }) => messages.map(({ id }) => [name, id] as const));
    },
    close: () => {
      connection.destroy();
    },
  };
}
