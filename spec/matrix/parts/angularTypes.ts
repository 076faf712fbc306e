import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blocks } from '../../readme/blocks';
import type { Part } from '../combination';
import { run } from '../run';
import { versions } from '../versions';
import { strict } from './typescript';

const PAGE = 'docs/use-with/angular.md';

/** A file of their user that the samples import. */
const session = `
  import { of } from 'rxjs';
  export class Session {
    readonly token = () => 'stale';
    readonly renew = () => of('fresh');
  }
`;

/** The test runner of a sample: its own declarations need those of Node. */
const runner = "declare module 'vitest';";

/** The declarations of both entries for Angular, and the code of the page about Angular, against each Angular. */
export const angularTypes: Part = ({ project }) =>
  versions.angular.map(({ angular, typescript }) => ({
    name: `Angular ${angular}, TypeScript ${typescript}`,
    run: async () => {
      const cwd = await project(
        `angular-${angular}`,
        {
          dependencies: {
            '@angular/common': angular,
            '@angular/core': angular,
            rxjs: versions.rxjs.newest,
            typescript,
          },
          type: 'module',
        },
        ['provided.ts'],
      );
      // Not the server to try the chat with: an application of Angular has no types of Node.
      const samples = blocks.filter(
        ({ file, language, code }) => file === PAGE && language === 'ts' && !code.includes("from 'node:"),
      );
      if (samples.length === 0) throw new Error('The page about Angular has no code.');
      const files = Object.fromEntries(samples.map(({ code }, index) => [`sample${index + 1}.ts`, code]));
      const own = { 'session.ts': session, 'runner.d.ts': runner };
      for (const [name, code] of Object.entries({ ...files, ...own })) {
        await writeFile(join(cwd, name), code);
      }
      const compilerOptions = {
        ...strict,
        module: 'esnext',
        moduleResolution: 'bundler',
        experimentalDecorators: true,
      };
      await writeFile(
        join(cwd, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['provided.ts', 'runner.d.ts', ...Object.keys(files)] }),
      );
      await run(process.execPath, ['node_modules/typescript/bin/tsc'], cwd);
      return `compiles, as do ${samples.length} samples`;
    },
  }));
