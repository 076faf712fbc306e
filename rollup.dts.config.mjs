import { dts } from 'rollup-plugin-dts';

const entries = ['index', 'testing', 'node', 'redis', 'angular', 'angular-testing'];

/** The declarations of all entries, with maps that lead an editor to the sources in the package. */
const declarations = (extension) => ({
  dir: 'dist',
  format: 'es',
  entryFileNames: `[name].${extension}`,
  chunkFileNames: `[name]-[hash].${extension}`,
  sourcemap: true,
  // The package has the sources themselves.
  sourcemapExcludeSources: true,
});

export default {
  input: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
  // Both kinds of module come from one compilation.
  output: [declarations('d.ts'), declarations('d.cts')],
  // The contract of a log tests a log with the copy of the library that its application has.
  external: [/^node:/, /^rxjs/, /^@angular\//, /^(io)?redis$/],
  plugins: [dts({ sourcemap: true })],
  onwarn(warning) {
    // Types without a public name, such as `Bytes`, stand for what the platform has: an application names that.
    if (!warning.message.includes('references private shared type exports')) throw new Error(warning.message);
  },
};
