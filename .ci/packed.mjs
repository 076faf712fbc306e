import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs a program, and returns its output as text. */
export const run = (command, args, options) => execFileSync(command, args, { encoding: 'utf8', ...options });

/** Packs the built package into a temporary folder, which is removed once `use` has returned. */
export function withPackage(use) {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  try {
    const packed = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
    const [{ filename }] = JSON.parse(packed);
    use(folder, join(folder, filename));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Installs packages in a folder. Only errors are printed. */
export const install = (cwd, ...packages) =>
  run('npm', ['install', '--no-save', '--loglevel=error', ...packages], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  });

/** Compiles with all strictness, and without skipping the declarations of packages. */
export const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  types: [],
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
};
