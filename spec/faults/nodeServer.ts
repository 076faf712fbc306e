import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import { promisify } from 'node:util';
import { nodeHandler } from 'rxjs-http-streams/node';
import { toNodeHandler } from 'srvx/node';
import { onTestFinished } from 'vitest';

/** A server that remembers no request: there are too many. */
export interface NodeServer {
  readonly url: string;
  /** Number of open connections without those that are idle. */
  readonly busy: () => Promise<number>;
}

type Answer = (request: Request) => Response;

/** Servers that a response can go through: with our bridge, and with one that reads its body as a stream. */
export const bridges = {
  '/node': (answer: Answer) => createServer(nodeHandler(answer)),
  srvx: (answer: Answer) => createServer(toNodeHandler(answer) as RequestListener),
  '/node on HTTP/2': (answer: Answer) => createHttp2Server(nodeHandler(answer)),
} as const satisfies Readonly<Record<string, (answer: Answer) => Server>>;

export type Bridge = keyof typeof bridges;

/** A real server of what answers a `Request` with a `Response`, until the test is over. */
export async function nodeServer(answer: Answer, bridge: Bridge = '/node'): Promise<NodeServer> {
  const server = bridges[bridge](answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  const connections = promisify<number>((callback) => {
    server.getConnections(callback);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    busy: () => {
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      return connections();
    },
  };
}
