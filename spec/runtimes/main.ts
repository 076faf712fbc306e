/**
 * Runs the portable cases on every runtime there is: the readers inside of it against a server of ours, its server with
 * our bodies from outside. Runtimes come from the registry; one that cannot be had is named, and fails the run if
 * `--all` is given, as anything does that is seen otherwise than it is known.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { root } from '../support/root';
import { bodyCases, runBodyCases } from './bodyCases';
import { browsers } from './browsers';
import { serveOrigin } from './origin';
import { readerCases } from './readerCases';
import { runtimes } from './runtimes';
import type { Bundles, Runtime } from './runtimes';
import { tableOf } from './table';

const { values: options } = parseArgs({
  options: { all: { type: 'boolean' }, only: { type: 'string', default: '' }, readme: { type: 'boolean' } },
});
/** The part of the page that `--readme` writes. */
const SECTION = /(<!-- runtimes -->\n)[^]*?(<!-- \/runtimes -->)/;
const folder = await mkdtemp(join(tmpdir(), 'runtimes-'));
const bundles: Bundles = {
  folder,
  async bundle(entry) {
    const outfile = join(folder, `${entry}.js`);
    await build({
      entryPoints: [join(root, `spec/runtimes/entries/${entry}.ts`)],
      outfile,
      bundle: true,
      format: 'esm',
      target: 'es2022',
      platform: /worker|page/.test(entry) ? 'browser' : 'node',
      alias: {
        'rxjs-http-streams/node': join(root, 'src/node.ts'),
        'rxjs-http-streams': join(root, 'src/index.ts'),
      },
    });
    return outfile;
  },
};
await writeFile(join(folder, 'package.json'), '{"type":"module"}');

async function seenOn(runtime: Runtime): Promise<Map<string, string>> {
  const program = await runtime.find();
  const seen = new Map<string, string>();
  const { origin, close } = await serveOrigin();
  try {
    for await (const [name, what] of runtime.read(program, bundles, origin)) seen.set(name, what);
  } finally {
    close();
  }
  for (const [bridge, serve] of Object.entries(runtime.serve ?? {})) {
    const { origin: served, stop } = await serve(program, bundles);
    try {
      for (const [name, what] of await runBodyCases(served)) add(seen, name, what, bridge);
    } finally {
      stop();
    }
  }
  return seen;
}

/** Several bridges share a column of the table, and have to agree. */
function add(seen: Map<string, string>, name: string, what: string, bridge: string): void {
  const before = seen.get(name);
  if (before !== what) seen.set(name, before === undefined ? what : `${before}; through ${bridge}: ${what}`);
}

const cases = [...readerCases, ...bodyCases];
const results = new Map<string, Map<string, string>>();
let bad = 0;
for (const runtime of [...runtimes, ...browsers].filter(({ name }) =>
  new RegExp(options.only, 'i').test(name),
)) {
  try {
    await runtime.find();
  } catch (error) {
    console.log(`${runtime.name}: missing, ${String(error).slice(0, 200)}`);
    if (options.all) bad++;
    continue;
  }
  const seen = await seenOn(runtime);
  results.set(runtime.name, seen);
  const asked = runtime.serve ? cases : readerCases;
  const wrong = asked.filter(({ name, expected }) => seen.get(name) !== (runtime.known[name] ?? expected));
  for (const { name, expected } of wrong) {
    console.log(
      `${runtime.name}: ${name}: expected ${runtime.known[name] ?? expected}, saw ${seen.get(name)}`,
    );
  }
  bad += wrong.length;
  console.log(`${runtime.name}: ${asked.length - wrong.length} of ${asked.length} as expected`);
}
await rm(folder, { recursive: true });

const table = tableOf(cases, results);
console.log(`\n${table}`);
if (options.readme) {
  const path = join(root, 'docs/reference/runtimes.md');
  const readme = await readFile(path, 'utf8');
  if (!SECTION.test(readme))
    throw new Error('runtimes.md: expected <!-- runtimes --> and <!-- /runtimes -->');
  await writeFile(
    path,
    readme.replace(SECTION, (_, head: string, tail: string) => `${head}${table}\n${tail}`),
  );
}
console.log(`\n${results.size} runtimes, ${bad} surprises`);
process.exit(bad > 0 || results.size === 0 ? 1 : 0);
