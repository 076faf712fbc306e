import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { OpenFeed } from './feed';
import { open as openLog } from './memoryLog';

/** The feed of a single process that has its messages from the publisher, over a socket. */
export const open: OpenFeed = async (feed) => {
  const { bodies, send, close } = await openLog(feed);
  const server = createServer((socket) => {
    let rest = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) send?.(line);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    bodies,
    takesAt: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      close();
    },
  };
};
