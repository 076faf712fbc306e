import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from '../combination';
import { run } from '../run';
import { setUps, specs } from '../setUps';
import { versions } from '../versions';

/** Writes the version of each package into the commands that install it, so that a new one cannot break this check. */
const pinned = (commands: string, tarball: string): string =>
  commands.replaceAll(/^npm install .*$/gm, (command) =>
    command.replaceAll(/(?<= )(?!install\b)[@a-z][\w@/-]*/g, (name) => {
      if (name === 'rxjs-http-streams') return tarball;
      const version = (versions.runners as Readonly<Record<string, string>>)[name];
      if (version === undefined) throw new Error(`versions.ts: expected a version of ${name} for its set-up`);
      return `${name}@${version}`;
    }),
  );

/** Each set-up of the page on test runners, by its commands; Angular's own runner is in the part `angular`. */
export const runners: Part = ({ folder, tarball }) =>
  setUps
    .filter(({ title }) => title !== 'Angular')
    .map(({ title, commands }) => ({
      name: title,
      run: async () => {
        const cwd = join(folder, `set-up-${title.replaceAll(' ', '-')}`);
        await mkdir(cwd);
        await run('npm', ['init', '-y'], cwd);
        for (const [name, code] of Object.entries(specs)) await writeFile(join(cwd, name), code);
        for (const block of commands) {
          // Jest reports to the standard error.
          const said = await run('bash', ['-e', '-c', `exec 2>&1\n${pinned(block, tarball)}`], cwd);
          if (!/\b2 passed\b|\b2 specs, 0 failures/.test(said)) throw new Error(said);
        }
        return commands.length === 1 ? '2 tests' : `2 tests, in ${commands.length} ways`;
      },
    }));
