import { execFile } from 'node:child_process';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/runtimes', import.meta.url));

const installed = new Map<string, Promise<string>>();

/** The folder of a package from the registry, which is installed beside this project's own if it is not there yet. */
export function install(name: string, version: string): Promise<string> {
  const key = `${name}@${version}`;
  const known = installed.get(key) ?? installOnce(name, version);
  installed.set(key, known);
  return known;
}

async function installOnce(name: string, version: string): Promise<string> {
  const prefix = join(CACHE, `${name.replaceAll('/', '-')}@${version}`);
  const folder = join(prefix, 'node_modules', name);
  await access(folder).catch(async () => {
    await mkdir(prefix, { recursive: true });
    await promisify(execFile)('npm', [
      'install',
      '--prefix',
      prefix,
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      `${name}@${version}`,
    ]);
  });
  return folder;
}
