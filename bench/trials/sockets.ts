import { cpuTime } from '../cpuTime';
import { expectSame } from '../digest';
import type { TrialModule } from '../trial';
import { broadcastServer } from './broadcastServer';
import { burstsOf } from './bursts';

/**
 * The same over sockets, to clients in another process. They see every message of a burst before the next is sent, and
 * what is timed is the process of the server.
 */
export const createTrial: TrialModule['createTrial'] = (params, contender) => {
  const { clients, burst, dropped, bursts: counted } = params as Readonly<Record<string, number>>;
  if (!clients || !burst || !dropped || !counted) {
    throw new Error('expected clients, burst, dropped and bursts');
  }
  const bursts = burstsOf(burst);

  return Promise.resolve({
    size: clients * burst * counted,
    cold: true,
    check: () => Promise.resolve(),
    async run() {
      const { audience, url, send, close } = await broadcastServer(contender, clients);
      const creation = await cpuTime(() => audience.call('connect', url, clients));
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
      close();
      return { cpu, 'µs to create a client': creation / clients };
    },
  });
};
