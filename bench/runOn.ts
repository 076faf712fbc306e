import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from '../spec/runtimes/installed';

const PROGRAM = fileURLToPath(new URL('run.ts', import.meta.url));

/**
 * Runs the benchmark on versions of Node from the registry, one after the other. Resolves with the exit code: 0 if all
 * runs have met their targets.
 *
 * @param versions - Versions as npm takes them, such as `24` or `24.21.0`.
 * @param flags - The other arguments of the benchmark.
 */
export async function runOn(versions: readonly string[], flags: readonly string[]): Promise<number> {
  const failed: string[] = [];
  for (const version of versions) {
    if (!/^\d+(\.\d+){0,2}$/.test(version))
      throw new TypeError(`--node: expected versions such as 20,24,26, got ${version || 'nothing'}`);
    const folder = await install(`node-${process.platform}-${process.arch}`, version);
    const run = spawn(join(folder, 'bin/node'), ['--import', 'tsx', PROGRAM, ...flags], { stdio: 'inherit' });
    const [code] = (await once(run, 'exit')) as [number | null];
    if (code !== 0) failed.push(version);
  }
  console.log(
    failed.length === 0
      ? `All targets met, or missed by noise alone, on Node ${versions.join(', ')}.`
      : `Targets missed on Node ${failed.join(', ')}, of ${versions.join(', ')}.`,
  );
  return failed.length === 0 ? 0 : 1;
}
