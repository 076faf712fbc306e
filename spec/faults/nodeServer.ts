import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { toNodeHandler } from 'srvx/node';
import { onTestFinished } from 'vitest';

/** A server that remembers no request: there are too many. */
export interface NodeServer {
  readonly url: string;
  /** How many connections are open, but for those that only wait for another request. */
  readonly busy: () => Promise<number>;
}

/** A real server of what answers a `Request` with a `Response`, until the test is over. */
export async function nodeServer(answer: (request: Request) => Response): Promise<NodeServer> {
  const server = createServer(toNodeHandler(answer) as RequestListener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const connections = promisify<number>((callback) => {
    server.getConnections(callback);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    busy: () => {
      server.closeIdleConnections();
      return connections();
    },
  };
}
