import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from '../statistics';
import type { Measures, TrialModule } from '../trial';

const PROGRAM = fileURLToPath(new URL('../fresh.mjs', import.meta.url));
const runFile = promisify(execFile);

/** Imports a contender and reads one event, in so many fresh processes one after the other. */
export const createTrial: TrialModule['createTrial'] = (params, contender) => {
  const { processes } = params as Readonly<Record<string, number>>;
  if (!processes) throw new Error('expected processes');

  const read = async (): Promise<{ readonly ms: number; readonly cpu: number }> => {
    // Without the loader that this process has, which takes longer than the import.
    const { stdout } = await runFile(process.execPath, [PROGRAM, contender]);
    return JSON.parse(stdout) as { ms: number; cpu: number };
  };

  return Promise.resolve({
    size: 1,
    cold: true,
    check: async () => {
      await read();
    },
    async run(): Promise<Measures> {
      const reads: Awaited<ReturnType<typeof read>>[] = [];
      for (let count = 0; count < processes; count++) reads.push(await read());
      const each = (measure: 'ms' | 'cpu'): number => median(reads.map((one) => one[measure]));
      return { 'ms of CPU': each('cpu') / 1_000, 'ms to the first event': each('ms') };
    },
  });
};
