import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../support/root';
import type { Part } from '../combination';
import { run } from '../run';
import { versions } from '../versions';

/** One spec with marbles in each runner; Angular's own runner is in the part `angular`. */
export const runners: Part = ({ project }) => {
  const { rxjs } = versions;
  const applications = join(root, 'spec/matrix/applications');
  return [
    {
      name: `Jest ${versions.jest}, jsdom`,
      run: async () => {
        const { jest } = versions;
        const dependencies = { rxjs: rxjs.newest, jest, 'jest-environment-jsdom': jest };
        const cwd = await project('jest', { dependencies }, ['marbles.cjs']);
        await cp(join(applications, 'jest'), cwd, { recursive: true });
        const report = join(cwd, 'report.json');
        await run(
          process.execPath,
          ['node_modules/jest/bin/jest.js', '--env=./environment.js', '--json', `--outputFile=${report}`],
          cwd,
        );
        const { numPassedTests } = JSON.parse(await readFile(report, 'utf8')) as {
          readonly numPassedTests: number;
        };
        if (numPassedTests !== 2) throw new Error(`expected 2 tests that pass, got ${numPassedTests}`);
        return '2 tests';
      },
    },
    {
      name: `Jasmine ${versions.jasmine}`,
      run: async () => {
        const dependencies = { rxjs: rxjs.newest, jasmine: versions.jasmine };
        const cwd = await project('jasmine', { dependencies }, ['marbles.cjs']);
        await cp(join(applications, 'jasmine'), cwd, { recursive: true });
        const said = await run(
          process.execPath,
          ['node_modules/jasmine/bin/jasmine.js', 'feed.spec.mjs'],
          cwd,
        );
        if (!said.includes('1 spec, 0 failures')) throw new Error(said);
        return '1 spec';
      },
    },
  ];
};
