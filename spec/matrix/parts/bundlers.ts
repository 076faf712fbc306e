import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { once } from '../combination';
import type { Combination, Part } from '../combination';
import { checkBundle, imports } from '../markers';
import type { Imported } from '../markers';
import { run } from '../run';
import { versions } from '../versions';

const bundlersByName = {
  esbuild: ['esbuild'],
  rollup: ['rollup', '@rollup/plugin-node-resolve', '@rollup/plugin-terser'],
  vite: ['vite'],
  webpack: ['webpack'],
} as const;

/** An application that imports one function, RxJS with it, and uses it in a way that no bundler can drop. */
const entry = ({ name, from }: Imported): string =>
  `import { ${name} } from '${from}';\nglobalThis.used = ${name};\n`;

export const bytesOf = (bundle: string): string =>
  `${bundle.length} bytes, ${gzipSync(bundle, { level: 9 }).length} gzipped, with RxJS`;

/** Bundles that contain only what is imported. */
export const bundlers: Part = ({ project }) =>
  Object.entries(bundlersByName).flatMap(([bundler, packages]) => {
    const dependencies = Object.fromEntries(packages.map((name) => [name, versions[name]]));
    const made = once(() =>
      project(
        `bundle-${bundler}`,
        { dependencies: { rxjs: versions.rxjs.newest, ...dependencies }, type: 'module' },
        ['bundle.mjs'],
      ),
    );
    return imports.map((imported): Combination => ({
      name: `${bundler} ${versions[packages[0]]}, ${imported.name}`,
      run: async () => {
        const cwd = await made();
        const folder = join(cwd, imported.name);
        await mkdir(folder);
        await writeFile(join(folder, 'entry.js'), entry(imported));
        await run(process.execPath, ['bundle.mjs', bundler, folder], cwd);
        const bundle = await readFile(join(folder, 'bundle.js'), 'utf8');
        checkBundle(bundle, imported);
        return bytesOf(bundle);
      },
    }));
  });
