import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../support/root';
import { once } from '../combination';
import type { Combination, Part } from '../combination';
import { run } from '../run';
import { versions } from '../versions';

/** All strictness, and no declarations that are skipped. */
export const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipLibCheck: false,
  types: [],
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
};

/** The ways in which a compiler finds a package, with the files that each tells apart. */
const resolutions = [
  { resolution: 'node16', module: 'node16', files: ['application.mts', 'application.cts'] },
  { resolution: 'nodenext', module: 'nodenext', files: ['application.mts', 'application.cts'] },
  { resolution: 'bundler', module: 'esnext', files: ['application.ts'] },
  { resolution: 'node10', module: 'commonjs', files: ['application.ts'] },
];

/** An application, compiled by each compiler under each way of finding the package. */
export const typescript: Part = ({ project }) => {
  const compilers = Object.fromEntries(
    versions.typescript.map((version) => [`typescript-${version}`, `npm:typescript@${version}`]),
  );
  const made = once(async () => {
    const dependencies = { rxjs: versions.rxjs.newest, ...compilers };
    const cwd = await project('typescript', { dependencies, type: 'module' });
    for (const extension of ['ts', 'mts', 'cts'])
      await copyFile(join(root, 'spec/types/application.ts'), join(cwd, `application.${extension}`));
    return cwd;
  });
  const oldest = once(async () => {
    const cwd = await project('typescript-oldest-rxjs', {
      dependencies: { rxjs: versions.rxjs.oldest, typescript: versions.typescript[0] },
      type: 'module',
    });
    await copyFile(join(root, 'spec/types/application.ts'), join(cwd, 'application.ts'));
    return cwd;
  });

  const compile = async (
    cwd: string,
    compiler: string,
    { resolution, module, files }: (typeof resolutions)[number],
    extra: object = {},
  ): Promise<string> => {
    const folder = join(cwd, `${compiler}-${resolution}`);
    await mkdir(folder);
    const compilerOptions = { ...strict, module, moduleResolution: resolution, ...extra };
    const tsconfig = { compilerOptions, files: files.map((file) => `../${file}`) };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    await run(process.execPath, [`node_modules/${compiler}/bin/tsc`, '-p', folder], cwd);
    return files.join(', ');
  };

  /** A server on `/node`, whose types stand on those of Node. */
  const server = once(async () => {
    const dependencies = { rxjs: versions.rxjs.newest, '@types/node': versions['@types/node'], ...compilers };
    const cwd = await project('typescript-node', { dependencies, type: 'module' });
    for (const extension of ['mts', 'cts'])
      await copyFile(join(root, 'spec/types/nodeServer.ts'), join(cwd, `nodeServer.${extension}`));
    return cwd;
  });
  const serving = {
    resolution: 'nodenext',
    module: 'nodenext',
    files: ['nodeServer.mts', 'nodeServer.cts'],
  };

  return [
    ...versions.typescript.flatMap((version) => {
      const [major] = version.split('.');
      return (
        resolutions
          // TypeScript 7 removed it.
          .filter(({ resolution }) => resolution !== 'node10' || Number(major) < 7)
          .map((way): Combination => {
            const deprecated =
              way.resolution === 'node10' && major === '6' ? { ignoreDeprecations: '6.0' } : {};
            return {
              name: `TypeScript ${version}, ${way.resolution}`,
              run: async () => compile(await made(), `typescript-${version}`, way, deprecated),
            };
          })
      );
    }),
    ...versions.typescript.map((version): Combination => {
      const types = { types: ['node'] };
      return {
        name: `TypeScript ${version}, nodenext, /node with the types of Node`,
        run: async () => compile(await server(), `typescript-${version}`, serving, types),
      };
    }),
    {
      name: `TypeScript ${versions.typescript[0]}, bundler, rxjs ${versions.rxjs.oldest}`,
      run: async () => compile(await oldest(), 'typescript', resolutions[2]!),
    },
  ];
};
