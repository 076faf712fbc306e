// Measures what one import adds to an application: against its budget, or with `--why` module by module.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import budgets from '../.size-limit.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The bundle of an import, made of the sources, which are modules of their own. */
async function composition(names) {
  const { metafile, outputFiles } = await build({
    stdin: { contents: `export ${names} from './src/index.ts'`, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: ['rxjs'],
    metafile: true,
    write: false,
  });
  const [bundle] = outputFiles;
  const [{ inputs }] = Object.values(metafile.outputs);
  const modules = Object.entries(inputs)
    .map(([module, { bytesInOutput }]) => ({ module, bytes: bytesInOutput }))
    .filter(({ bytes }) => bytes > 0)
    .sort((one, other) => other.bytes - one.bytes);
  return { bytes: bundle.contents.length, gzipped: gzipSync(bundle.contents).length, modules };
}

function print(name, { bytes, gzipped, modules }) {
  console.log(`\n${name}: ${bytes} B, ${gzipped} B gzipped`);
  for (const { module, bytes } of modules) console.log(`${String(bytes).padStart(7)} B  ${module}`);
}

if (process.argv.includes('--why')) {
  for (const { name, import: names } of budgets) print(name, await composition(names));
} else {
  process.exitCode = spawnSync('npx', ['size-limit'], { cwd: root, stdio: 'inherit' }).status ?? 1;
}
