import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Makes the server of a snippet listen on a free port, whichever it is told, until the test is over. */
export function anywhere(server: Server): Server {
  const listen = server.listen.bind(server) as (port: number, host: string) => Server;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(server, { listen: () => listen(0, '127.0.0.1') });
}

/** Returns the origin of a server, once it listens. */
export async function originOf(server: Server): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
