import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { root } from './support/root';

let folder: string;

/** Runs the command, and returns its output and whether it succeeded. */
async function release(...args: readonly string[]): Promise<{ readonly ok: boolean; readonly said: string }> {
  return promisify(execFile)(process.execPath, [join(root, '.ci/release.mjs'), ...args], {
    cwd: folder,
  }).then(
    ({ stdout }) => ({ ok: true, said: stdout }),
    (error: unknown) => ({ ok: false, said: (error as { readonly stderr: string }).stderr }),
  );
}

const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-'));
  const manifest = JSON.stringify({ name: 'sample', version: '0.0.0' });
  await writeFile(join(folder, 'package.json'), manifest);
  await writeFile(
    join(folder, 'package-lock.json'),
    JSON.stringify({ name: 'sample', version: '0.0.0', lockfileVersion: 3, packages: { '': {} } }),
  );
  await writeFile(join(folder, 'CHANGELOG.md'), '# Changelog\n\n## Unreleased\n\n### Added\n\n- Added a.\n');
});

afterEach(() => rm(folder, { recursive: true }));

it('refuses a package without a repository, a version and a section of the changelog', async () => {
  const { ok, said } = await release('check');
  expect(ok).toBe(false);
  for (const missing of ['`repository`', '`homepage`', '`bugs`', 'no version', 'no section for 0.0.0'])
    expect(said).toContain(missing);
});

it('sets what the check asks for, with a command each', async () => {
  expect(await release('repository', 'https://example.org/owner/sample')).toMatchObject({ ok: true });
  expect(await release('version', '0.1.0')).toMatchObject({ ok: true });
  expect(JSON.parse(await read('package.json'))).toMatchObject({
    version: '0.1.0',
    repository: { type: 'git', url: 'git+https://example.org/owner/sample.git' },
    homepage: 'https://example.org/owner/sample#readme',
    bugs: { url: 'https://example.org/owner/sample/issues' },
  });
  expect(await release('check')).toEqual({ ok: true, said: 'sample 0.1.0 can be published.\n' });
});

it('gives what is unreleased the heading of the version, and prints it', async () => {
  await release('version', '0.1.0');
  expect(await read('CHANGELOG.md')).toMatch(/## Unreleased\n\n## 0\.1\.0 - \d{4}-\d\d-\d\d\n\n### Added/);
  expect(await release('notes')).toEqual({ ok: true, said: '### Added\n\n- Added a.\n' });
});

it.each([
  [['version', '1'], "Expected a version such as 0.1.0, got '1'.\n"],
  // npm would refuse it in the last step of the workflow, for want of a tag of its own.
  [['version', '0.2.0-rc.1'], "Expected a version such as 0.1.0, got '0.2.0-rc.1'.\n"],
  [['repository', 'owner/sample'], "such as https://host/owner/name, got 'owner/sample'.\n"],
  [[], "Expected one of version, repository, check, notes, got ''.\n"],
])('says what it expects: %j', async (args, expected) => {
  const { ok, said } = await release(...args);
  expect(ok).toBe(false);
  expect(said).toContain(expected);
});

it('does not make a version that has nothing in the changelog, or has a section already', async () => {
  await release('version', '0.1.0');
  expect(await release('version', '0.2.0')).toEqual({
    ok: false,
    said: 'CHANGELOG.md has nothing below "## Unreleased".\n',
  });
  expect(await release('version', '0.1.0')).toMatchObject({ ok: false });
});
