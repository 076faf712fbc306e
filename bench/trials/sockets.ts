import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AudienceCommands } from '../audience';
import type { OpenBroadcaster } from '../contenders/listener';
import { cpuTime } from '../cpuTime';
import { expectSame } from '../digest';
import { Remote } from '../remote';
import type { TrialModule } from '../trial';
import { burstsOf } from './bursts';

/**
 * The same over sockets, to clients in another process. They see every message of a burst before the next is sent, and
 * what is timed is the process of the server.
 */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { clients, burst, dropped, bursts: counted } = params as Readonly<Record<string, number>>;
  if (!clients || !burst || !dropped || !counted) {
    throw new Error('expected clients, burst, dropped and bursts');
  }
  const { open } = (await import(`../contenders/sockets/${contender}.ts`)) as { open: OpenBroadcaster };
  const bursts = burstsOf(burst);

  return {
    size: clients * burst * counted,
    cold: true,
    check: () => Promise.resolve(),
    async run() {
      const { listener, send } = open();
      const server = createServer(listener);
      // All clients connect at the same time.
      await once(server.listen({ port: 0, host: '127.0.0.1', backlog: clients }), 'listening');
      const { port } = server.address() as AddressInfo;
      const audience = await Remote.start<AudienceCommands>(new URL('../audience.ts', import.meta.url));
      const creation = await cpuTime(() => audience.call('connect', `http://127.0.0.1:${port}/`, clients));
      let sent = 0;
      const sendAll = async (times: number): Promise<void> => {
        for (let time = 0; time < times; time++) {
          bursts.sendTo(send);
          sent += burst;
          await audience.call('seen', sent);
        }
      };
      await sendAll(dropped);
      const cpu = await cpuTime(() => sendAll(counted));
      expectSame(contender, await audience.call('digests'), bursts.digest(dropped + counted));
      server.closeAllConnections();
      server.close();
      return { cpu, 'µs to create a client': creation / clients };
    },
  };
};
