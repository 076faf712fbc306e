// Bundles `entry.js` of a folder to `bundle.js` beside it, minified: node bundle.mjs <bundler> <folder>
import { resolve } from 'node:path';

const [bundler, folder] = process.argv.slice(2);
const input = resolve(folder, 'entry.js');
const output = resolve(folder, 'bundle.js');
const external = /^node:/;

const bundlers = {
  async esbuild() {
    const { build } = await import('esbuild');
    await build({
      entryPoints: [input],
      outfile: output,
      bundle: true,
      minify: true,
      format: 'esm',
      external: ['node:*'],
      logLevel: 'error',
    });
  },
  async rollup() {
    const { rollup } = await import('rollup');
    const { nodeResolve } = await import('@rollup/plugin-node-resolve');
    const { default: terser } = await import('@rollup/plugin-terser');
    const bundle = await rollup({
      input,
      external,
      plugins: [nodeResolve({ browser: true })],
      onwarn({ message }) {
        throw new Error(message);
      },
    });
    await bundle.write({ file: output, format: 'es', plugins: [terser({ module: true })] });
  },
  async vite() {
    const { build } = await import('vite');
    await build({
      root: folder,
      logLevel: 'error',
      build: {
        outDir: folder,
        emptyOutDir: false,
        rollupOptions: { input, external, output: { entryFileNames: 'bundle.js' } },
      },
    });
  },
  async webpack() {
    const { default: webpack } = await import('webpack');
    const stats = await new Promise((resolve, reject) =>
      webpack(
        {
          mode: 'production',
          context: folder,
          entry: input,
          output: { path: folder, filename: 'bundle.js', module: true },
          experiments: { outputModule: true },
          externals: [/^node:/],
          externalsType: 'module',
          performance: false,
        },
        (error, result) => (error ? reject(error) : resolve(result)),
      ),
    );
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString('errors-warnings'));
  },
};
await bundlers[bundler]();
