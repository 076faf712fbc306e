import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll } from 'vitest';
import { root } from './root';

/**
 * Bundles a program of the project for Node, until the specs of the file are over. `tsx` takes half a second of a
 * processor to start the same program from its sources, each time.
 *
 * @param file - The path from the folder of the project.
 * @returns The path of what `node` runs.
 */
export async function bundled(file: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bundled-'));
  afterAll(() => rm(folder, { recursive: true }));
  const outfile = join(folder, `${basename(file, '.ts')}.mjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [file],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  return outfile;
}
