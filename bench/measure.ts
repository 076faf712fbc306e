import type { Case } from './case';
import { median } from './statistics';
import type { Measures, Params } from './trial';
import { WorkerProcess } from './workerProcess';

/** Number and length of the runs. */
export interface Effort {
  /** Processes of each contender. */
  readonly processes: number;
  /** Timed runs in each of them. */
  readonly rounds: number;
}

/** Costs of a contender: the median of the runs of each of its processes. */
export interface Samples {
  /** Number of values that a run handled. */
  readonly size: number;
  readonly processes: readonly Measures[];
}

/** After so many milliseconds a slow contender sits the rest of the rounds out, two at least taken. */
const PATIENCE = 1_000;

/**
 * Times every contender of a case, in processes and rounds that take turns: what slows the machine for a while slows
 * all of them. Every second turn goes the other way round. Measures are added to what was measured `before`.
 */
export async function measure(
  { trial, params, contenders }: Case,
  { processes, rounds }: Effort,
  before?: ReadonlyMap<string, Samples>,
): Promise<Map<string, Samples>> {
  const samples = new Map<string, Samples>(
    contenders.map((contender) => [contender, before?.get(contender) ?? { size: NaN, processes: [] }]),
  );
  for (let count = 0; count < processes; count++) {
    const workers = await startAll(trial, params, count % 2 === 0 ? contenders : [...contenders].reverse());
    try {
      const runs = await takeTurns(workers, rounds);
      for (const [contender, { size }] of workers) {
        const earlier = samples.get(contender)?.processes ?? [];
        samples.set(contender, { size, processes: [...earlier, medians(runs.get(contender) ?? [])] });
      }
    } finally {
      for (const worker of workers.values()) worker.stop();
    }
  }
  return samples;
}

/** Side by side, as nothing is timed yet. */
async function startAll(
  trial: string,
  params: Params,
  contenders: readonly string[],
): Promise<Map<string, WorkerProcess>> {
  const started = await Promise.allSettled(
    contenders.map(async (contender) => {
      const worker = await WorkerProcess.start({ trial, params, contender });
      return [contender, worker] as const;
    }),
  );
  const workers = new Map(started.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : [])));
  const failure = started.find((start) => start.status === 'rejected');
  if (failure) {
    for (const worker of workers.values()) worker.stop();
    throw failure.reason;
  }
  return workers;
}

async function takeTurns(
  workers: ReadonlyMap<string, WorkerProcess>,
  rounds: number,
): Promise<Map<string, Measures[]>> {
  // One after the other: a processor that others keep busy is no place to get warm.
  for (const worker of workers.values()) await worker.warmUp();
  const runs = new Map<string, Measures[]>();
  const spent = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    for (const [contender, worker] of workers) {
      const time = spent.get(contender) ?? 0;
      if (round >= 2 && time > PATIENCE) continue;
      const start = performance.now();
      const run = await worker.run();
      spent.set(contender, time + performance.now() - start);
      runs.set(contender, [...(runs.get(contender) ?? []), run]);
    }
  }
  return runs;
}

const medians = (runs: readonly Measures[]): Measures =>
  Object.fromEntries(
    Object.keys(runs[0] ?? {}).map((name) => [name, median(runs.map((run) => run[name] ?? NaN))]),
  );
