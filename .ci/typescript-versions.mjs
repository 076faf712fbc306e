// Compiles an application that uses the packed package with each TypeScript it is meant for, and without skipping the
// declarations of anybody.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const versions = ['5.0.4', '5.4.5', '5.9.3', '6.0.3', '7.0.2'];

const folder = mkdtempSync(join(tmpdir(), 'typescript-'));
const run = (command, args, options) => execFileSync(command, args, { encoding: 'utf8', ...options });

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  types: [],
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
};

try {
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]),
  );
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['application.ts'] }),
  );
  copyFileSync('spec/types/application.ts', join(folder, 'application.ts'));
  const compilers = versions.map((version) => `typescript-${version}@npm:typescript@${version}`);
  run(
    'npm',
    ['install', '--no-save', '--loglevel=error', join(folder, filename), 'rxjs@7.8.2', ...compilers],
    { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  for (const version of versions) {
    run('node', [`node_modules/typescript-${version}/bin/tsc`], { cwd: folder, stdio: 'inherit' });
    console.log(`TypeScript ${version}: ok`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
