import { defineConfig } from 'tsup';

export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      testing: 'src/testing.ts',
      angular: 'src/angular.ts',
      'angular-testing': 'src/angular-testing.ts',
      node: 'src/node.ts',
      redis: 'src/redis.ts',
    },
    format: ['esm', 'cjs'],
    platform: 'neutral',
    target: 'es2022',
    // One copy of each class in a CommonJS program, whichever entries it requires.
    splitting: true,
    // Deno and workers know Node's modules by their whole names alone.
    removeNodeProtocol: false,
    // The contract of a log tests a log with the copy of the library that its application has.
    external: [/^node:/, 'rxjs-http-streams'],
    // One import of rxjs a file, with the names that are used.
    treeshake: true,
    sourcemap: true,
    // The package has the sources themselves.
    esbuildOptions: (options) => {
      options.sourcesContent = false;
    },
    // What the other build makes at the same time is its own.
    clean: ['!cli.js'],
  },
  {
    // A program: it finds the library by its name, as everybody does.
    entry: { cli: 'src/cli.ts' },
    external: ['rxjs-http-streams'],
    format: 'esm',
    platform: 'node',
    target: 'es2022',
  },
]);
