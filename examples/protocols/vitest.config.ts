import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^rxjs-http-streams$/, replacement: source('index.ts') },
      { find: /^rxjs-http-streams\/node$/, replacement: source('node.ts') },
    ],
    // The sources of the library, and the helpers of its specs, use the packages of this folder.
    dedupe: ['rxjs', 'vitest', 'playwright'],
  },
  test: {
    include: ['*/*.spec.ts', '*.spec.ts'],
    // Without this, there are two copies of graphql, which refuse the schemas of each other.
    server: { deps: { inline: ['graphql-sse'] } },
    setupFiles: ['../../spec/support/failOnWarnings.ts'],
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
