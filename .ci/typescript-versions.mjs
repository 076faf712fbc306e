// Compiles an application that uses the packed package with each TypeScript it is meant for, and without skipping the
// declarations of anybody.
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilerOptions, install, run, withPackage } from './packed.mjs';

const versions = ['5.0.4', '5.4.5', '5.9.3', '6.0.3', '7.0.2'];

withPackage((folder, tarball) => {
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['application.ts'] }),
  );
  copyFileSync('spec/types/application.ts', join(folder, 'application.ts'));
  const compilers = versions.map((version) => `typescript-${version}@npm:typescript@${version}`);
  install(folder, tarball, 'rxjs@7.8.2', ...compilers);
  for (const version of versions) {
    run('node', [`node_modules/typescript-${version}/bin/tsc`], { cwd: folder, stdio: 'inherit' });
    console.log(`TypeScript ${version}: ok`);
  }
});
