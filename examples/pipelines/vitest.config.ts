import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^rxjs-http-streams$/, replacement: source('index.ts') },
      { find: /^rxjs-http-streams\/node$/, replacement: source('node.ts') },
    ],
  },
  test: {
    include: ['*/*.spec.ts'],
    setupFiles: ['../../spec/support/failOnWarnings.ts'],
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
