import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server that breaks. */
export interface CuttingProxy {
  readonly url: string;
  /** How many connections it has cut. */
  readonly cuts: () => number;
}

/**
 * Passes connections on to a server, and destroys each of them after some bytes of what the server sends, wherever
 * in it that is. It is closed when the test is over.
 *
 * @param cutAfter After how many bytes the nth connection, counted from 1, is cut; `Infinity` for never.
 */
export async function cuttingProxy(server: string, cutAfter: (n: number) => number): Promise<CuttingProxy> {
  const { hostname, port } = new URL(server);
  const sockets = new Set<Socket>();
  let connections = 0;
  let cuts = 0;
  const keep = (socket: Socket, other: Socket): void => {
    sockets.add(socket);
    // Whichever end breaks, the other one is to see it.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const proxy = createServer((client) => {
    let left = cutAfter(++connections);
    const upstream = connect(Number(port), hostname);
    keep(client, upstream);
    keep(upstream, client);
    client.pipe(upstream);
    upstream.on('data', (chunk: Buffer) => {
      client.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left > 0 || client.destroyed) return;
      cuts++;
      upstream.destroy();
    });
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`, cuts: () => cuts };
}
