import type { ReadMessages } from '../contenders/contender';
import { cpuTime } from '../cpuTime';
import { expectSame } from '../digest';
import type { TrialModule } from '../trial';
import { cut, respond } from '../workloads/chunks';
import { loadReader } from './load';

/** Streams that are read one after the other, each from its request to its end. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { events, streams } = params as Readonly<Record<string, number>>;
  if (!events || !streams) throw new Error('expected events and streams');
  const read = await loadReader<ReadMessages>('sse', contender);
  const parts = Array.from({ length: events }, (_, index) => `data: ${index}\n\n`);

  const readAll = async (count: number): Promise<void> => {
    let sum = 0;
    for (let stream = 0; stream < count; stream++) {
      await read(
        () => Promise.resolve(respond(cut(parts, 'value'), 'text/event-stream')),
        (data) => {
          sum += Number(data) + 1;
        },
      );
    }
    expectSame(contender, sum, (count * events * (events + 1)) / 2);
  };

  return {
    size: streams,
    check: () => readAll(1),
    run: async () => ({ cpu: await cpuTime(() => readAll(streams)) }),
  };
};
