import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Bundles a program of this folder for Node, with the packages of this folder, and gives its path. */
export async function bundled(program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bundled-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const outfile = join(folder, 'program.mjs');
  await build({
    entryPoints: [join(root, program)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    tsconfig: join(root, 'tsconfig.json'),
    nodePaths: [join(root, 'node_modules')],
  });
  return outfile;
}
