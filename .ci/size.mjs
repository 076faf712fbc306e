// Measures what one import adds to an application: against its budget, or with `--why` source by source.
// Rollup bundles and esbuild minifies, because esbuild as the bundler keeps every name that `dist` imports from rxjs.
import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { rollup } from 'rollup';
import { budgets } from './budgets.mjs';

const library = fileURLToPath(new URL('../dist/index.js', import.meta.url));

/** The application: one import of the library. The maps of `dist` lead from the bundle to the sources. */
const application = (name) => ({
  name: 'application',
  resolveId: (id) => (id === 'application' ? id : null),
  load: async (id) =>
    id === 'application'
      ? `export ${name === 'everything' ? '*' : `{ ${name} }`} from ${JSON.stringify(library)}`
      : {
          code: await readFile(id, 'utf8'),
          map: await readFile(`${id}.map`, 'utf8'),
          moduleSideEffects: false,
        },
});

/** The code that an import adds, with a map to the sources. */
async function bundle(name) {
  const bundled = await rollup({ input: 'application', external: ['rxjs'], plugins: [application(name)] });
  const { output } = await bundled.generate({
    format: 'es',
    sourcemap: 'inline',
    file: `${library}.bundle.js`,
  });
  return transform(output[0].code, { minify: true, target: 'es2022', sourcemap: 'external' });
}

const gzipped = (code) => gzipSync(code, { level: 9 }).length;

/** The bytes of each source in a bundle, and by how much the gzipped bundle shrinks without them, largest first. */
function composition({ code, map }) {
  const origins = new SourceMap(JSON.parse(map));
  const places = code
    .split('\n')
    .flatMap((line, row) =>
      [...`${line}\n`].map((text, column) => ({ text, origin: origins.findEntry(row, column) })),
    )
    .map(({ text, origin }) => ({ text, source: origin.originalSource?.replace('../', '') ?? 'imports' }));
  const sources = [...new Set(places.map(({ source }) => source))];
  const textOf = (isIn) =>
    places
      .filter(({ source }) => isIn(source))
      .map(({ text }) => text)
      .join('');
  return sources
    .map((source) => ({
      source,
      bytes: textOf((each) => each === source).length,
      cost: gzipped(code) - gzipped(textOf((each) => each !== source)),
    }))
    .sort((one, other) => other.cost - one.cost);
}

const cell = (number, unit = 'B') => `${String(number).padStart(7)} ${unit}`;

for (const [name, budget] of Object.entries(budgets)) {
  const bundled = await bundle(name);
  const size = gzipped(bundled.code);
  console.log(`${cell(size)} of ${budget}  ${name}`);
  if (size > budget) process.exitCode = 1;
  if (!process.argv.includes('--why')) continue;
  for (const { source, bytes, cost } of composition(bundled))
    console.log(`${cell(bytes)}${cell(cost)}  ${source}`);
}
