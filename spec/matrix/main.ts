/**
 * Installs the packed package in fresh projects, and uses it there in every combination it is meant for. Prints a line
 * for each, and fails when one fails that is not a canary, or with `--all` when one could not be tried.
 *
 * `npm run test:matrix -- node,typescript` tries some parts alone, and `--only <pattern>` what has such a name.
 */
import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../support/root';
import { NotToBeHad } from './combination';
import type { Combination, Matrix, Part } from './combination';
import { angular } from './parts/angular';
import { bundlers } from './parts/bundlers';
import { contents } from './parts/contents';
import { node } from './parts/node';
import { runners } from './parts/runners';
import { runtimes } from './parts/runtimes';
import { rxjs } from './parts/rxjs';
import { angularTypes } from './parts/angularTypes';
import { typescript } from './parts/typescript';
import { install, run } from './run';

const parts: Readonly<Record<string, Part>> = {
  contents,
  node,
  rxjs,
  typescript,
  'angular-types': angularTypes,
  bundlers,
  runners,
  runtimes,
  angular,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { all: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
});
const chosen = positionals.flatMap((each) => each.split(','));
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`Expected parts of ${Object.keys(parts).join(', ')}, got '${unknown.join("', '")}'.`);
  process.exit(1);
}

const only = new RegExp(values.only, 'i');
const folder = await mkdtemp(join(tmpdir(), 'matrix-'));
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Packs what is built, once for all projects. */
async function pack(): Promise<string> {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(await run('npm', args, root)) as { readonly filename: string }[];
  return join(folder, packed!.filename);
}

const matrix: Matrix = {
  folder,
  tarball: await pack(),
  async project(name, { anyPeer = false, dependencies, ...manifest }, files = []) {
    const cwd = join(folder, name.replaceAll(/[^\w.-]+/g, '-'));
    await mkdir(cwd);
    const all = { 'rxjs-http-streams': `file:${matrix.tarball}`, ...dependencies };
    await writeFile(
      join(cwd, 'package.json'),
      JSON.stringify({ name: 'application', private: true, ...manifest, dependencies: all }),
    );
    if (Array.isArray(files)) {
      for (const file of files as readonly string[])
        await cp(join(root, 'spec/matrix/applications', file), join(cwd, file), { recursive: true });
    } else {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(cwd, path)), { recursive: true });
        await writeFile(join(cwd, path), text);
      }
    }
    await install(cwd, ...(anyPeer ? ['--legacy-peer-deps'] : []));
    return cwd;
  },
};

/** A line that tells why a program failed. */
const REASON = /^\s*(\w*Error\b|error:)|\berror TS\d|expected .*got/i;
const counts = { passed: 0, failed: 0, canaries: 0, missing: 0 };

async function attempt(part: string, { name, canary = false, run: go }: Combination): Promise<void> {
  const start = performance.now();
  const print = (verdict: string, detail: string): void => {
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    console.log(`${verdict.padEnd(7)} ${part}: ${name}${detail && `: ${detail}`} (${seconds} s)`);
  };
  try {
    print('ok', await go());
    counts.passed++;
  } catch (error) {
    const lines = (error as Error).message.trim().split('\n');
    // Programs print where they fail before they print why.
    const reason = (lines.find((line) => REASON.test(line)) ?? lines[0]!).trim();
    if (error instanceof NotToBeHad) {
      counts.missing++;
      print('missing', reason);
    } else if (canary) {
      counts.canaries++;
      print('canary', `fails, as it may: ${reason}`);
    } else {
      counts.failed++;
      print('FAILED', reason);
      if (lines.length > 1) for (const line of lines.slice(0, 40)) console.log(`        ${line}`);
    }
  }
}

for (const [part, list] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(part)) continue;
  const waiting = list(matrix).filter(({ name }) => only.test(name));
  if (waiting.length === 0 && values.only === '') {
    counts.failed++;
    console.log(`FAILED  ${part}: expected combinations, got none`);
  }
  // As many at a time as the smallest machine has processors.
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await attempt(part, next);
  };
  await Promise.all([worker(), worker()]);
}

const { passed, failed, canaries, missing } = counts;
if (canaries > 0) console.log(`${canaries} canaries fail, which is no failure of this run.`);
if (missing > 0) console.log(`${missing} could not be tried here.`);
console.log(`Matrix: ${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 || (values.all && missing > 0) ? 1 : 0);
