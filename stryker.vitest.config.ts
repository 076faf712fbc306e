import { defineConfig } from 'vitest/config';
import { librarySources } from './spec/support/librarySources';

/** The specs of the mutated files, without those that wait for servers and processes. */
export default defineConfig({
  resolve: {
    alias: librarySources,
  },
  test: {
    include: [
      'spec/protocol/*.spec.ts',
      'spec/flow/*.spec.ts',
      'spec/operators/!(hostileText).spec.ts',
      'spec/adapters/toAsyncIterable.spec.ts',
      'spec/client/{fromEventSource,fromEventSourceEnds,lastEventIdParam,mediaTypes,reconnecting}.spec.ts',
      'spec/feed/!(*OverHttp).spec.ts',
      'spec/options/tables.spec.ts',
      'spec/server/{behind,cursors,ends,lazy,onDemand,queued,responses,teardown,toChunkedBody,toNdjsonBody,toSseBody}.spec.ts',
    ],
    setupFiles: ['spec/support/unshrunk.ts'],
    // The specs of costs and of great sizes take longer than all others, which notice nearly the same mutants.
    testNamePattern:
      /^(?!.*(linear time|at no cost|however (many|little)|costs the same|300 000|\d+ MiB|is 16 Mi if omitted|where there is no limit|two hundred clients|thousands of tokens|without a deep stack|for ten minutes))/,
    // A worker for each file and mutant would cost more than the specs do.
    isolate: false,
    // A mutant that answers nobody has its spec wait so long.
    testTimeout: 10_000,
  },
});
