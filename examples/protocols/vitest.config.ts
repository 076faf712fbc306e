import { defineConfig } from 'vitest/config';
import { librarySources } from '../../spec/support/librarySources';

export default defineConfig({
  resolve: {
    alias: librarySources,
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
