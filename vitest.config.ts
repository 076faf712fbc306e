import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import type { TestProjectConfiguration } from 'vitest/config';
import { chromiumFlags, installedChromium } from './spec/support/installedChromium';
import { installedRedis } from './spec/support/installedRedis';
import { librarySources } from './spec/support/librarySources';

/** Whole programs, pages, proxies and bodies of a great size: `npm run test:systems`, and no part of `npm test`. */
const systemSpecs = [
  'spec/end-to-end/*.spec.ts',
  'spec/interop/{frameworks,mswBrowser,nginx,react,vue}.spec.ts',
  'spec/cli/{cli,terminal}.spec.ts',
  'spec/readme/{connection,shutDown}.spec.ts',
  'spec/redis/{cluster,redisLog}.spec.ts',
  'spec/client/hostileBodies.spec.ts',
];

/**
 * The library beside others. Each file has a process, because they change globals: zone.js promises, Hono `Response`.
 */
const interopSpecs = ['spec/angular/*.spec.ts', 'spec/interop/*.spec.ts'];

const otherSpecs = [
  'spec/angular/app/**',
  'spec/browser/**',
  'spec/faults/**',
  'spec/types/**',
  ...interopSpecs,
  ...systemSpecs,
];

const root = fileURLToPath(new URL('.', import.meta.url));

/** The specs that replace the timers of their process. */
const clockSpecs = readdirSync(`${root}spec`, { recursive: true, encoding: 'utf8' })
  .map((path) => `spec/${path.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.spec.ts'))
  .filter((path) => /virtualTime\(\)|useFakeTimers/.test(readFileSync(root + path, 'utf8')));

const node: TestProjectConfiguration = {
  resolve: { alias: librarySources },
  test: {
    name: 'node',
    include: ['spec/**/*.spec.ts'],
    exclude: [...otherSpecs, ...clockSpecs],
    setupFiles: ['spec/support/failOnWarnings.ts'],
    // The files share processes: one for each would take longer to start than most of them run.
    isolate: false,
    testTimeout: 20_000,
  },
};

/** Each file has a process: what an earlier file has left behind would use the timers of the spec, and be counted. */
const clock: TestProjectConfiguration = {
  resolve: { alias: librarySources },
  test: {
    name: 'node-clock',
    include: clockSpecs,
    exclude: otherSpecs,
    setupFiles: ['spec/support/failOnWarnings.ts'],
    sequence: { groupOrder: 1 },
    testTimeout: 20_000,
  },
};

const interop: TestProjectConfiguration = {
  resolve: { alias: librarySources },
  test: {
    name: 'interop',
    include: interopSpecs,
    exclude: systemSpecs,
    setupFiles: ['spec/support/failOnWarnings.ts'],
    // A file of another project in between would end a process that files share.
    sequence: { groupOrder: 1 },
    testTimeout: 20_000,
  },
};

const systems: TestProjectConfiguration = {
  resolve: { alias: librarySources },
  test: {
    name: 'systems',
    include: [...systemSpecs, 'spec/redis/redisLogs.spec.ts'],
    // `npm test` tries `redisLogs` with the first client alone.
    provide: { everyRedisClient: true },
    setupFiles: ['spec/support/failOnWarnings.ts'],
    sequence: { groupOrder: 1 },
    testTimeout: 20_000,
  },
};

/** Minutes of broken networks: `npm run test:faults`, and no part of `npm test`. */
const faults: TestProjectConfiguration = {
  resolve: { alias: librarySources },
  test: {
    name: 'faults',
    include: ['spec/faults/**/*.spec.ts'],
    setupFiles: ['spec/support/failOnWarnings.ts'],
    testTimeout: 600_000,
  },
};

/** An application that is built first: `npm run test:angular`, and no part of `npm test`. */
const angular: TestProjectConfiguration = {
  test: {
    name: 'angular',
    include: ['spec/angular/app/**/*.spec.ts'],
    globalSetup: ['spec/angular/app/setup.ts'],
    testTimeout: 60_000,
  },
};

const types: TestProjectConfiguration = {
  resolve: { alias: librarySources },
  test: {
    name: 'types',
    include: [],
    typecheck: {
      enabled: true,
      only: true,
      include: ['spec/types/**/*.spec-d.ts'],
      tsconfig: './spec/types/tsconfig.json',
    },
  },
};

const browser = (executablePath: string): TestProjectConfiguration => ({
  resolve: { alias: librarySources },
  test: {
    name: 'browser',
    include: ['spec/browser/**/*.spec.ts'],
    globalSetup: ['spec/browser/server.ts'],
    setupFiles: ['spec/browser/failOnWarnings.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath,
          args: chromiumFlags,
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});

if (!installedChromium) {
  console.warn('No Chromium here (see CHROMIUM in CONTRIBUTING.md): the browser specs are left out.');
}
if (!installedRedis) {
  console.warn('No Redis here (see REDIS_SERVER in CONTRIBUTING.md): the specs that need one are left out.');
}

export default defineConfig({
  test: {
    // The slow files wait for servers and processes, not for a processor.
    maxWorkers: 2,
    projects: installedChromium
      ? [node, clock, interop, systems, faults, types, angular, browser(installedChromium)]
      : [node, clock, interop, systems, faults, types],
    // The command runs in processes of its own.
    coverage: {
      include: ['src/**'],
      exclude: ['src/cli.ts', 'src/cli/read.ts'],
      reporter: ['text', 'json-summary'],
    },
  },
});
