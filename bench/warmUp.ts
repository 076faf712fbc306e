import { cpuTime } from './cpuTime';
import { mean } from './statistics';
import type { Measures } from './trial';

/** Runs that are looked at together, in milliseconds: a single run is too short to tell noise. */
const WINDOW = 200;
/** Windows that have to agree, and by how much they may differ. */
const WINDOWS = 3;
const AGREEMENT = 1.05;
/** Time after which the engine has optimised the code, whether or not the windows agree, in milliseconds. */
const PATIENCE = 2_000;

/** Runs something until the engine has optimised it; gives how often it ran. */
export async function warmUp(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  const costs: number[] = [];
  let runs = 0;
  while (!agree(costs.slice(-WINDOWS)) && performance.now() - start < PATIENCE) {
    let inWindow = 0;
    const cpu = await cpuTime(async () => {
      inWindow = (await repeat(run, WINDOW)).length;
    });
    costs.push(cpu / inWindow);
    runs += inWindow;
  }
  return runs;
}

/** Time before a measured run in which the code is run without being measured, in milliseconds. */
const AGAIN = 50;
/** Time that is measured: a run of a few milliseconds does not see each collection of garbage that it causes. */
const MEASURED = 100;

/**
 * Measures something that has been warmed up before: the mean of its runs. Short runs are repeated for a while first,
 * because while others had their turn V8 may have thrown the optimised code away. A long run warms itself.
 */
export async function runWarm(run: () => Promise<Measures>): Promise<Measures> {
  const start = performance.now();
  const first = await run();
  if (performance.now() - start >= MEASURED) return first;
  await repeat(run, AGAIN);
  const all = await repeat(run, MEASURED);
  return Object.fromEntries(
    Object.keys(all[0] ?? {}).map((name) => [name, mean(all.map((measures) => measures[name] ?? NaN))]),
  );
}

/** Runs something at least once, and again until the milliseconds have passed. */
async function repeat<T>(run: () => Promise<T>, milliseconds: number): Promise<T[]> {
  const start = performance.now();
  const all: T[] = [];
  do all.push(await run());
  while (performance.now() - start < milliseconds);
  return all;
}

const agree = (costs: readonly number[]): boolean =>
  costs.length === WINDOWS && Math.max(...costs) <= AGREEMENT * Math.min(...costs);
