import { defineConfig } from 'vitest/config';
import { librarySources } from '../../spec/support/librarySources';

export default defineConfig({
  resolve: {
    alias: librarySources,
  },
  test: {
    include: ['*/*.spec.ts'],
    setupFiles: ['../../spec/support/failOnWarnings.ts'],
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
