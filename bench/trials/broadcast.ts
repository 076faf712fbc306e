import type { OpenOutlet } from '../contenders/outlet';
import { cpuTime } from '../cpuTime';
import { expectSame } from '../digest';
import type { TrialModule } from '../trial';
import { allSettled, audienceOf, checkAudience } from './audienceOf';
import { burstsOf } from './bursts';

/** Clients that are enough to see that each of them gets everything. */
const SAMPLE = 100;

/**
 * Messages sent in bursts to many clients that read all the time; each burst arrives before the next is sent. The first
 * bursts are dropped: they pay for the garbage that the clients' creation leaves, which is told apart.
 */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { clients, burst, dropped, bursts: counted } = params as Readonly<Record<string, number>>;
  if (!clients || !burst || !dropped || !counted) {
    throw new Error('expected clients, burst, dropped and bursts');
  }
  const { open } = (await import(`../contenders/broadcast/${contender}.ts`)) as { open: OpenOutlet };
  const bursts = burstsOf(burst);
  let bytes = 0;
  let sum = 0;

  return {
    size: clients * burst * counted,
    cold: true,
    check: () => checkAudience(contender, open, SAMPLE, bursts),
    async run() {
      let send: (data: string) => unknown = () => undefined;
      const creation = await cpuTime(async () => {
        ({ send } = await audienceOf(open, clients, (chunk) => {
          bytes += chunk.length;
          sum = (sum + (chunk[chunk.length >> 1] ?? 0)) | 0;
        }));
      });
      const sendAll = async (times: number): Promise<void> => {
        for (let time = 0; time < times; time++) {
          bursts.sendTo(send);
          await allSettled();
        }
      };
      await sendAll(dropped);
      bytes = 0;
      const cpu = await cpuTime(() => sendAll(counted));
      expectSame(contender, bytes > bursts.bytes * clients * counted && sum !== 0, true);
      return { cpu, 'µs to create a client': creation / clients };
    },
  };
};
