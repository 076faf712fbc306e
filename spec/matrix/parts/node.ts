import { once } from '../combination';
import type { Part } from '../combination';
import { programOf, run } from '../run';
import { versions } from '../versions';

/** The program of a version of Node: the running one, or the one that the registry has. */
const nodeOf = async (version: string): Promise<string> =>
  version === process.versions.node
    ? process.execPath
    : programOf(`node-${process.platform}-${process.arch}`, version, 'bin/node');

/** Every entry and a round trip of each format, on each Node, from each kind of module. */
export const node: Part = ({ project }) => {
  const plain = once(() =>
    project('node', { dependencies: { rxjs: versions.rxjs.newest } }, ['check.cjs', 'use.mjs', 'use.cjs']),
  );
  const { angular, tslib } = versions.angularBuild;
  const withAngular = once(() =>
    project(
      'node-angular',
      {
        dependencies: {
          '@angular/common': angular,
          '@angular/compiler': angular,
          '@angular/core': angular,
          rxjs: versions.rxjs.newest,
          tslib,
        },
      },
      ['angular.mjs', 'angular.cjs'],
    ),
  );
  return versions.node.flatMap((version) =>
    (['mjs', 'cjs'] as const).map((kind) => ({
      name: `Node ${version}, ${kind === 'mjs' ? 'ESM' : 'CommonJS'}`,
      run: async () => {
        const program = await nodeOf(version);
        const used = await run(program, [`use.${kind}`], await plain());
        return `${used}, ${await run(program, [`angular.${kind}`], await withAngular())}`;
      },
    })),
  );
};
