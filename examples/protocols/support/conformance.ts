import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '..');

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
        if (error) reject(new Error(`${stdout}\n${stderr}`, { cause: error }));
        else resolve(stdout + stderr);
      },
    );
  });
}
