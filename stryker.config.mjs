/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [
    'src/protocol/*.ts',
    'src/{flow,operators}/*.ts',
    // Runs where the platform has Observables: in the browser specs.
    '!src/flow/observed.ts',
    'src/client/{eventConnection,eventStream,fromEventSource,reconnecting,retryAfterOf}.ts',
    'src/feed/*.ts',
    'src/server/{body,consumerWatch,demand,encodeFrames,frameQueue,intake,outlet,onDemand,overflow,unreadFor}.ts',
  ],
  testRunner: 'vitest',
  // The specs import the package by its name, which hides from vitest what is related to what.
  vitest: { configFile: 'stryker.vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  // A mutant of code that runs when its file is loaded takes all specs: a twelfth of the mutants, and half of the time.
  ignoreStatic: true,
  ignorePatterns: ['/.*', '/bench', '/dist', '/examples', '/coverage'],
  // A mutant that loops must not be waited for as long as a spec may take.
  timeoutMS: 3_000,
  timeoutFactor: 1.5,
  concurrency: 2,
  // With `--incremental`: only what has changed since.
  incrementalFile: 'node_modules/.cache/stryker-incremental.json',
  reporters: ['progress-append-only', 'clear-text'],
  clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false, skipFull: false },
  thresholds: { high: 95, low: 90, break: 90 },
};
