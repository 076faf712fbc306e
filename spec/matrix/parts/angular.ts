import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../support/root';
import { once } from '../combination';
import type { Part } from '../combination';
import { checkBundle } from '../markers';
import { run } from '../run';
import { specs } from '../setUps';
import { versions } from '../versions';
import { bytesOf } from './bundlers';

/** An Angular application with one reader: its build, and the specs of the page on test runners in Angular's own. */
export const angular: Part = ({ project }) => {
  const { angular: version, ...others } = versions.angularBuild;
  const { typescript, tslib, vitest, jsdom } = others;
  const made = once(async () => {
    const names = ['build', 'cli', 'common', 'compiler', 'compiler-cli', 'core', 'platform-browser'];
    const cwd = await project('angular', {
      dependencies: {
        ...Object.fromEntries(names.map((name) => [`@angular/${name}`, version])),
        rxjs: versions.rxjs.newest,
        typescript,
        tslib,
        vitest,
        jsdom,
      },
      overrides: { rollup: versions.rollup, 'msgpackr-extract': others['msgpackr-extract'] },
    });
    await cp(join(root, 'spec/matrix/applications/angular'), cwd, { recursive: true });
    for (const [name, code] of Object.entries(specs)) await writeFile(join(cwd, 'src', name), code);
    return cwd;
  });
  const ng = async (...args: readonly string[]): Promise<string> =>
    run(process.execPath, ['node_modules/@angular/cli/bin/ng.js', ...args], await made());
  const test = async (): Promise<string> => {
    const said = await ng('test');
    if (!/Tests\s+2 passed/.test(said)) throw new Error(said);
    return '2 tests';
  };
  return [
    {
      name: `Angular ${version}, build of fromNdjsonFetch`,
      run: async () => {
        await ng('build');
        const folder = join(await made(), 'dist/application/browser');
        const files = (await readdir(folder)).filter((name) => name.endsWith('.js'));
        const bundle = (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join(
          '\n',
        );
        checkBundle(bundle, { contains: ['the reader of NDJSON'] });
        return `${bytesOf(bundle)} and Angular`;
      },
    },
    { name: `Angular ${version}, specs in its runner`, run: test },
  ];
};
