import { onTestFinished } from 'vitest';
import { freePort } from '../../examples/serving/freePort';
import { openRedis } from './openRedis';
import type { RedisServer } from './openRedis';

/** Three masters that share the slots of a cluster. */
export interface RedisCluster {
  readonly ports: readonly number[];
  readonly nodes: readonly RedisServer[];
  readonly close: () => Promise<void>;
}

/** The slots of each. */
const SLOTS = [
  [0, 5_460],
  [5_461, 10_922],
  [10_923, 16_383],
] as const;

/** Starts a cluster that serves until it is closed. */
export async function openRedisCluster(): Promise<RedisCluster> {
  const nodes: RedisServer[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.close()));
  };
  try {
    const buses: number[] = [];
    for (const [first, last] of SLOTS) {
      const bus = await freePort();
      const node = await openRedis({
        lines: ['cluster-enabled yes', `cluster-port ${bus}`, 'cluster-announce-ip 127.0.0.1'],
      });
      nodes.push(node);
      buses.push(bus);
      await node.cli('CLUSTER', 'SET-CONFIG-EPOCH', String(nodes.length));
      await node.cli('CLUSTER', 'ADDSLOTSRANGE', String(first), String(last));
    }
    const [met, ...others] = nodes;
    for (const other of others) {
      await other.cli('CLUSTER', 'MEET', '127.0.0.1', String(met!.port), String(buses[0]));
    }
    // A node says so once it knows who has each of the slots.
    await Promise.all(nodes.map((node) => node.logged('Cluster state changed: ok')));
  } catch (error) {
    await close();
    throw error;
  }
  return { ports: nodes.map(({ port }) => port), nodes, close };
}

/** Starts a cluster that serves until the test is over. */
export async function redisCluster(): Promise<RedisCluster> {
  const cluster = await openRedisCluster();
  onTestFinished(cluster.close);
  return cluster;
}
