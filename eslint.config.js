import { existsSync } from 'node:fs';
import js from '@eslint/js';
import rxjsX from 'eslint-plugin-rxjs-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Arrows point one way: a layer must not know the ones above it, and what runs everywhere knows no platform. */
const layer = (files, ...above) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...above.map((group) => ({
            group: [group].flat(),
            message:
              'client and server (and redis) → feed → operators → flow → protocol and options → errors.',
          })),
          { group: ['node:*'], message: 'Only src/node and src/cli know Node.' },
        ],
      },
    ],
  },
});

const rooms = (...names) => names.map((name) => `**/${name}/*`);
/** The rooms that people import from, and those of other platforms. */
const ENTRIES = ['adapters', 'testing', 'node', 'redis'];
const ABOVE_FLOW = ['operators', 'feed', 'client', 'server', ...ENTRIES];

export default defineConfig(
  globalIgnores([
    '.stryker-tmp',
    'dist',
    'coverage',
    'docs/api',
    'docs/.vitepress/{dist,cache}',
    'examples/angular',
    // Their types come with packages of their own, which `npm run test:pipelines` and `npm run test:protocols` install.
    ...['examples/pipelines', 'examples/protocols'].filter((path) => !existsSync(`${path}/node_modules`)),
    'spec/matrix/applications/angular',
    'examples/frameworks/next/.next',
  ]),
  js.configs.recommended,
  {
    files: ['.ci/**/*.mjs', 'bench/*.mjs', 'docs/.vitepress/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['bench/*.mjs'],
    languageOptions: {
      globals: { Response: 'readonly', TextDecoder: 'readonly', performance: 'readonly' },
    },
  },
  {
    // Applications that the matrix installs the package in.
    files: ['spec/matrix/applications/**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...['console', 'process', 'globalThis', 'URL', 'Headers', 'Response', 'ReadableStream'],
          ...['TextDecoder', 'TextEncoder', 'require', 'module', 'exports', 'document', 'it', 'expect'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    // What they pass to `evaluate` runs in a page.
    files: ['.ci/site/*.mjs'],
    languageOptions: { globals: { document: 'readonly', window: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      rxjsX.configs.strict,
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNullish: true, allowBoolean: true },
      ],
      // The brand of an error is a getter so that printing the error does not show it.
      '@typescript-eslint/class-literal-property-style': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true, number: true } },
      ],
      // What the application threw is passed on as it is.
      'rxjs-x/throw-error': ['error', { allowThrowingAny: false, allowThrowingUnknown: true }],
      // A factory that gives nothing is an `EmptyError`: there is no default to fall back to.
      'rxjs-x/no-ignored-default-value': 'off',
      // Beyond the rule's own list: `map` and `tap` hold no subscription that could leak.
      'rxjs-x/no-unsafe-takeuntil': ['error', { allow: ['last', 'map', 'tap'] }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'console', 'process', 'Buffer'].map((name) => ({
          name,
          message: 'Time only through RxJS; the core runs on every platform and logs nothing.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'asyncScheduler.now()' },
      ],
    },
  },
  {
    // A spec that is wrong fails: an error nobody handles and an index that is not there do the same.
    files: ['spec/**/*.ts', 'examples/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'rxjs-x/no-ignored-error': 'off',
    },
  },
  layer(['src/errors.ts', 'src/errors/**'], '../*', ['./*/*', '!./errors/*'], 'rxjs'),
  layer(['src/options/**', 'src/protocol/**'], 'rxjs', ...rooms('flow', ...ABOVE_FLOW)),
  layer(['src/flow/**'], ...rooms(...ABOVE_FLOW)),
  layer(['src/operators/**'], ...rooms('feed', 'client', 'server', ...ENTRIES)),
  layer(['src/feed/**'], ...rooms('client', 'server', ...ENTRIES)),
  layer(['src/client/**'], ...rooms('feed', 'server', ...ENTRIES)),
  layer(['src/server/**'], ...rooms('client', ...ENTRIES)),
  layer(['src/adapters/**'], ...rooms('feed', 'server', 'testing', 'node', 'redis')),
  layer(['src/angular/**', 'src/testing/**'], ...rooms('node', 'redis')),
  layer(['src/redis/**'], ...rooms('client', 'server', 'adapters', 'testing', 'node')),
);
