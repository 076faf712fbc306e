import { held } from '../footprint';
import type { Measures, TrialModule } from '../trial';
import { broadcastServer } from './broadcastServer';

/** Clients that pay for what is made once. */
const FIRST = 100;

/** Memory that a server has for each client that has received one message and waits for more. */
export const createTrial: TrialModule['createTrial'] = (params, contender) => {
  const { clients } = params as Readonly<Record<string, number>>;
  if (!clients) throw new Error('expected clients');

  return Promise.resolve({
    size: clients,
    cold: true,
    check: () => Promise.resolve(),
    async run(): Promise<Measures> {
      const { audience, url, send, close } = await broadcastServer(contender, clients);
      const connect = async (count: number): Promise<void> => {
        await audience.call('connect', url, count);
        send('a message');
        await audience.call('seen', 1);
      };
      await connect(FIRST);
      const heapBefore = await held();
      const rssBefore = process.memoryUsage.rss();
      await connect(FIRST + clients);
      const heap = (await held()) - heapBefore;
      const rss = process.memoryUsage.rss() - rssBefore;
      close();
      return { 'kB of heap a client': heap / clients / 1_000, 'kB resident a client': rss / clients / 1_000 };
    },
  });
};
