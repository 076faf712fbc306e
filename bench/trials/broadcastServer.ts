import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AudienceCommands } from '../audience';
import type { Broadcaster, OpenBroadcaster } from '../contenders/listener';
import { Remote } from '../remote';

/** A contender that serves in this process, and its clients in another. */
export interface BroadcastServer extends Pick<Broadcaster, 'send'> {
  readonly audience: Remote<AudienceCommands>;
  readonly url: string;
  readonly close: () => void;
}

/** @param clients - How many connect at the same time at most. */
export async function broadcastServer(contender: string, clients: number): Promise<BroadcastServer> {
  const { open } = (await import(`../contenders/sockets/${contender}.ts`)) as { open: OpenBroadcaster };
  const { listener, send } = open();
  const server = createServer(listener);
  await once(server.listen({ port: 0, host: '127.0.0.1', backlog: clients }), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    send,
    audience: await Remote.start<AudienceCommands>(new URL('../audience.ts', import.meta.url)),
    url: `http://127.0.0.1:${port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
