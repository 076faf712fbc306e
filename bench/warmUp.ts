import { cpuTime } from './cpuTime';

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
    const windowStart = performance.now();
    let inWindow = 0;
    const cpu = await cpuTime(async () => {
      do {
        await run();
        inWindow++;
      } while (performance.now() - windowStart < WINDOW);
    });
    costs.push(cpu / inWindow);
    runs += inWindow;
  }
  return runs;
}

const agree = (costs: readonly number[]): boolean =>
  costs.length === WINDOWS && Math.max(...costs) <= AGREEMENT * Math.min(...costs);
