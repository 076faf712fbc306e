import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { install as installPackage } from '../runtimes/installed';
import { NotToBeHad } from './combination';

/** The environment without what `npm run` adds: a nested npm would take the folder of this project for its own. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

/** Runs a program, and returns its output. Fails with the output when the program fails. */
export function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      program,
      args,
      {
        cwd,
        env: { ...env, NO_COLOR: '1', FORCE_COLOR: '0', NG_CLI_ANALYTICS: 'false' },
        timeout: 600_000,
        killSignal: 'SIGKILL',
        maxBuffer: 64 * 1024 * 1024,
      },
      (error, stdout, stderr) => {
        if (error) reject(new Error(`${stdout}\n${stderr}`.trim() || error.message));
        else resolve(stdout.trim());
      },
    );
  });
}

/** Installs the dependencies of the project in a folder. */
export async function install(cwd: string, ...flags: readonly string[]): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  await run('npm', ['install', ...quiet, ...flags], cwd).catch(refused);
}

/** Returns the path of a program, which is a file of a package. */
export async function programOf(name: string, version: string, file: string): Promise<string> {
  return join(await installPackage(name, version).catch(refused), file);
}

/** Throws the failure of an installation, as `NotToBeHad` if the registry lacks a package. */
function refused(error: unknown): never {
  const { message } = error as Error;
  const [, missing] = /(?:ETARGET|E404)[^]*?(?:for|-) '?([@\w./-]+@[^\s']+)/.exec(message) ?? [];
  throw missing === undefined ? (error as Error) : new NotToBeHad(`${missing} is not in the registry`);
}
