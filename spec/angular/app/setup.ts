import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the application of `examples/angular`. */
    angular: string;
  }
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = `${root}examples/angular/`;

/** Whether what is installed is older than what is to be. */
function isStale(): boolean {
  const installed = `${folder}node_modules/.package-lock.json`;
  return (
    !existsSync(installed) || statSync(installed).mtimeMs < statSync(`${folder}package-lock.json`).mtimeMs
  );
}

const npm = (...args: string[]): void => {
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
};

/** Installs, builds and serves the application, with the library as it was built last. */
export default async function setup({ provide }: TestProject): Promise<() => void> {
  if (isStale()) npm('ci', '--loglevel=error');
  for (const part of ['dist', 'package.json']) {
    cpSync(root + part, `${folder}node_modules/rxjs-http-streams/${part}`, { recursive: true });
  }
  npm('run', 'build');

  const server = spawn(process.execPath, ['dist/server/server.mjs'], {
    cwd: folder,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => {
      reject(new Error(`The server of the application ended with ${code}`));
    });
    server.stdout.setEncoding('utf8').on('data', (said: string) => {
      const [, url] = /listening at (\S+?)\/?\s/.exec(said) ?? [];
      if (url) resolve(url);
    });
  });
  provide('angular', origin);
  return () => {
    server.removeAllListeners('exit').kill();
  };
}
