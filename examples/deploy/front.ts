import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';

/** One address before the processes, as a load balancer is that passes connections on. */
export interface Front {
  readonly origin: string;
  /** Sends new connections to these processes in turn; those that are open stay where they are. */
  readonly turnTo: (...ports: readonly number[]) => void;
  readonly close: () => void;
}

/** Either side may break off. */
const broken = (): void => undefined;

export async function openFront(): Promise<Front> {
  let targets: readonly number[] = [];
  let turn = 0;
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    const upstream = connect(targets[turn++ % targets.length] ?? 0, '127.0.0.1');
    pipeline(client, upstream, broken);
    pipeline(upstream, client, broken);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    turnTo: (...ports) => {
      targets = ports;
    },
    close: () => {
      server.close();
      for (const client of clients) client.destroy();
    },
  };
}
