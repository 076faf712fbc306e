import type { OpenOutlet } from '../contenders/outlet';
import { cpuTime } from '../cpuTime';
import { expectSame } from '../digest';
import type { TrialModule } from '../trial';
import { allSettled, audienceOf, checkAudience } from './audienceOf';
import { burstsOf } from './bursts';

/** Messages sent in bursts to one client that reads all the time; each burst arrives before the next is sent. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { burst, bursts: times } = params as Readonly<Record<string, number>>;
  if (!burst || !times) throw new Error('expected burst and bursts');
  const { open } = (await import(`../contenders/out/${contender}.ts`)) as { open: OpenOutlet };
  const bursts = burstsOf(burst);
  let bytes = 0;
  let sum = 0;

  return {
    size: burst * times,
    check: () => checkAudience(contender, open, 1, bursts),
    async run() {
      bytes = 0;
      const { send, leave } = await audienceOf(open, 1, (chunk) => {
        bytes += chunk.length;
        sum = (sum + (chunk[chunk.length >> 1] ?? 0)) | 0;
      });
      const cpu = await cpuTime(async () => {
        for (let time = 0; time < times; time++) {
          bursts.sendTo(send);
          await allSettled();
        }
      });
      await leave();
      expectSame(contender, bytes > bursts.bytes * times && sum !== 0, true);
      return { cpu };
    },
  };
};
