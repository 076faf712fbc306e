import { Cluster, Redis } from 'ioredis';
import { Cluster as Cluster5, Redis as Redis5 } from 'ioredis5';
import { createClient, createCluster } from 'redis';
import { createClient as createClient5, createCluster as createCluster5 } from 'redis5';

/** A client that is connected, until it is closed. */
export interface OpenedClient<C> {
  readonly client: C;
  readonly close: () => void;
}

/** A user other than the default one. */
export interface RedisUser {
  readonly username: string;
  readonly password: string;
}

/** Errors of connections, which the specs break on purpose. */
const broken = (): void => undefined;

const HOST = '127.0.0.1';

/** The members that all clients of node-redis have. */
interface NodeRedis {
  readonly isOpen: boolean;
  on(type: 'error', listener: () => void): unknown;
  connect(): Promise<unknown>;
  destroy(): void;
}

async function connected<C extends NodeRedis>(client: C): Promise<OpenedClient<C>> {
  client.on('error', broken);
  await client.connect();
  return {
    client,
    close: () => {
      if (client.isOpen) client.destroy();
    },
  };
}

/** The members that all clients of ioredis have. */
interface IoRedis {
  on(type: 'error', listener: () => void): unknown;
  connect(): Promise<unknown>;
  disconnect(): void;
}

async function ioConnected<C extends IoRedis>(client: C): Promise<OpenedClient<C>> {
  client.on('error', broken);
  await client.connect();
  return {
    client,
    close: () => {
      client.disconnect();
    },
  };
}

const socket = (port: number): { host: string; port: number; connectTimeout: number } => ({
  host: HOST,
  port,
  connectTimeout: 2_000,
});

const roots = (ports: readonly number[]): { url: string }[] =>
  ports.map((port) => ({ url: `redis://${HOST}:${port}` }));

const addresses = (ports: readonly number[]): { host: string; port: number }[] =>
  ports.map((port) => ({ host: HOST, port }));

/** The clients of Redis that the library has to work with, for `describe.each`. */
export const redisClients = [
  {
    name: 'node-redis 6',
    open: (port: number, user?: RedisUser) => connected(createClient({ socket: socket(port), ...user })),
    openCluster: (ports: readonly number[]) => connected(createCluster({ rootNodes: roots(ports) })),
  },
  {
    name: 'node-redis 5',
    open: (port: number, user?: RedisUser) => connected(createClient5({ socket: socket(port), ...user })),
    openCluster: (ports: readonly number[]) => connected(createCluster5({ rootNodes: roots(ports) })),
  },
  {
    name: 'ioredis 6',
    open: (port: number, user?: RedisUser) =>
      ioConnected(new Redis(port, HOST, { lazyConnect: true, ...user })),
    openCluster: (ports: readonly number[]) =>
      ioConnected(new Cluster(addresses(ports), { lazyConnect: true })),
  },
  {
    name: 'ioredis 5',
    open: (port: number, user?: RedisUser) =>
      ioConnected(new Redis5(port, HOST, { lazyConnect: true, ...user })),
    openCluster: (ports: readonly number[]) =>
      ioConnected(new Cluster5(addresses(ports), { lazyConnect: true })),
  },
] as const;
