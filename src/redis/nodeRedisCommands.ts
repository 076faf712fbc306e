import { noop } from 'rxjs';
import type { Listener, RedisCommands, Row } from './commands';
import type { NodeRedisClient, NodeRedisRow } from './redisClient';

/** The members of a duplicate beside the commands. A cluster has no `clientId`. */
interface NodeRedisConnection extends NodeRedisClient {
  connect(): Promise<unknown>;
  destroy(): void;
  on(event: 'error', listener: () => void): unknown;
  clientId?(): Promise<number>;
  sendCommand?(args: string[]): Promise<unknown>;
}

/** The reply to `xRead` in the second version of the protocol. */
type Streams = readonly { readonly name: string; readonly messages: readonly { readonly id: string }[] }[];

const rowOf = ({ id, message }: NodeRedisRow): Row => ({ id, fields: message });

/** The commands as node-redis has them. */
export function nodeRedisCommands(client: NodeRedisClient): RedisCommands {
  const connection = client as NodeRedisConnection;
  return {
    get isClosed() {
      return !client.isOpen;
    },
    isCluster: !('clientId' in client),
    rows: async (key, from, count) =>
      ((await client.xRange(key, from, '+', { COUNT: count })) ?? []).map(rowOf),
    newest: async (key) => (await client.xRevRange(key, '+', '-', { COUNT: 1 }))?.[0]?.id,
    length: (key) => client.xLen(key),
    run: (script, keys, args) => client.eval(script, { keys: [...keys], arguments: args.map(String) }),
    // The fifth version has no method for it.
    unblock: async (id) => (await connection.sendCommand?.(['CLIENT', 'UNBLOCK', String(id)])) === 1,
    listen: () => listenerOf(client),
  };
}

function listenerOf(client: NodeRedisClient): Listener {
  // The fifth version takes no replies to XREAD of the third version of the protocol, without which the sixth one has
  // no notifications of maintenance.
  const connection = client.duplicate({
    RESP: 2,
    maintNotifications: 'disabled',
    commandOptions: undefined,
  }) as NodeRedisConnection;
  connection.on('error', noop);
  return {
    connected: connection.connect(),
    id: () => connection.clientId?.() ?? Promise.reject(new Error('A cluster has no id of a connection')),
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
