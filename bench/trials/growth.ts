import type { Open, ReadMessages, ReadValues } from '../contenders/contender';
import { cpuTime } from '../cpuTime';
import { expectSame } from '../digest';
import { growthExponent } from '../statistics';
import type { TrialModule } from '../trial';
import { respond } from '../workloads/chunks';
import { strains } from '../workloads/strains';
import type { StrainName } from '../workloads/strains';
import { loadReader } from './load';

/** Measures bodies of growing size: twice the size must not cost more than twice the time. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { strain, size } = params as { strain: StrainName; size: number };
  const { format, chunks, length } = strains[strain];
  const read = await loadReader<ReadMessages & ReadValues>(format, contender);
  const type = format === 'sse' ? 'text/event-stream' : 'application/x-ndjson';
  const sizes = [size / 16, size / 8, size / 4, size / 2, size];

  const readAll = async (total: number): Promise<number> => {
    const open: Open = () => Promise.resolve(respond(chunks(total), type));
    let value = '';
    const cpu = await cpuTime(() =>
      read(
        open,
        (text: unknown) => {
          value = String(text);
        },
        () => [],
      ),
    );
    // Looks at the text, too: one that is still in pieces is put together now, and not for free.
    expectSame(contender, `${value.length}${value.at(-1)}`, `${length(total)}x`);
    return cpu;
  };

  return {
    size,
    async check() {
      await readAll(sizes[0] ?? size);
    },
    async run() {
      const costs: number[] = [];
      for (const total of sizes) costs.push(await readAll(total));
      return {
        'CPU seconds': (costs.at(-1) ?? NaN) / 1e6,
        exponent: growthExponent(sizes, costs),
      };
    },
  };
};
