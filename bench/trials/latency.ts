import type { ReadMessages } from '../contenders/contender';
import { expectSame } from '../digest';
import type { Measures, TrialModule } from '../trial';
import { loadReader } from './load';
import { startServer } from './loopback';

const quantiles = (microseconds: number[]): Measures => {
  const sorted = microseconds.sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
  return { 'p50 µs': at(0.5), 'p99 µs': at(0.99) };
};

const now = (): number => Number(process.hrtime.bigint());

/**
 * Measures the time from just before another process writes an event until the consumer has it, or the time from a
 * request to the first event of its connection.
 */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { of, count } = params as { of: 'each event' | 'the first event'; count: number };
  const read = await loadReader<ReadMessages>('sse', contender);
  const address = await startServer();

  const readPaced = async (events: number, take: (sentAt: number) => void): Promise<void> => {
    let taken = 0;
    await read(
      () => fetch(`${address}/paced?count=${events}`),
      (data) => {
        taken++;
        take(Number(data));
      },
    );
    expectSame(contender, taken, events);
  };

  return {
    size: count,
    check: () => readPaced(3, () => undefined),
    async run() {
      const delays: number[] = [];
      if (of === 'each event') {
        await readPaced(count, (sentAt) => {
          delays.push((now() - sentAt) / 1000);
        });
      } else {
        for (let connection = 0; connection < count; connection++) {
          const start = now();
          await readPaced(1, () => {
            delays.push((now() - start) / 1000);
          });
        }
      }
      return quantiles(delays);
    },
  };
};
