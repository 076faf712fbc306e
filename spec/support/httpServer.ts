import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ReplaySubject, elementAt, firstValueFrom } from 'rxjs';
import { onTestFinished } from 'vitest';

/** One request as the server sees it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Settles when the connection that carries it is closed. */
  readonly disconnected: Promise<void>;
}

/** A real server on loopback, for what no mock shows: connections that stay, break and fill up. */
export interface HttpServer {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  /** The nth request, counted from 1, once it has come. */
  readonly exchange: (n: number) => Promise<Exchange>;
  /** Settles when the client of the nth request has closed its connection. */
  readonly disconnected: (n: number) => Promise<void>;
}

/** Starts a server on a free port; it is closed, with all its connections, when the test is over. */
export async function httpServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HttpServer> {
  const exchanges: Exchange[] = [];
  const arrivals = new ReplaySubject<Exchange>(Infinity);
  // Kept a connection, as one connection carries many requests.
  const ends = new WeakMap<Socket, Promise<void>>();
  const server = createServer((request, response) => {
    const exchange = { request, response, disconnected: ends.get(request.socket) ?? Promise.resolve() };
    exchanges.push(exchange);
    answer(request, response);
    arrivals.next(exchange);
  });
  server.on('connection', (socket) => {
    ends.set(
      socket,
      new Promise((resolve) => {
        socket.once('close', () => {
          resolve();
        });
      }),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const exchange = (n: number): Promise<Exchange> => firstValueFrom(arrivals.pipe(elementAt(n - 1)));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    exchanges,
    exchange,
    disconnected: async (n) => (await exchange(n)).disconnected,
  };
}
