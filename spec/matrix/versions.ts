/** Every version that the matrix and the runtimes try: the one place where each is named. */
export const versions = {
  node: ['20.20.2', '22.23.3', '24.21.0', '26.10.0'],
  bun: '1.4.5',
  deno: '2.9.6',
  workerd: '1.20261117.1',

  rxjs: { oldest: '7.5.5', newest: '7.8.2', canaries: ['8.0.0-alpha.14', '9.0.0-beta.0'] },
  typescript: ['5.0.4', '5.4.5', '5.9.3', '6.0.3', '7.0.2'],
  '@types/node': '20.19.43',
  /** Each major version of Angular, with the TypeScript of its time. */
  angular: [
    { angular: '20.0.0', typescript: '5.8.3' },
    { angular: '21.2.24', typescript: '5.9.3' },
    { angular: '22.2.6', typescript: '6.0.3' },
  ],
  /** The newest Angular that builds on the oldest Node. */
  angularBuild: {
    angular: '21.2.24',
    typescript: '5.9.3',
    tslib: '2.8.1',
    vitest: '4.1.12',
    jsdom: '28.1.0',
    'msgpackr-extract': '3.0.4',
  },

  vite: '8.4.0',
  webpack: '5.113.0',
  rollup: '4.67.4',
  '@rollup/plugin-node-resolve': '16.0.3',
  '@rollup/plugin-terser': '1.0.2',
  esbuild: '0.28.2',

  /** Packages that the set-ups of test runners install. */
  runners: {
    rxjs: '7.8.2',
    vitest: '4.1.12',
    jsdom: '28.1.0',
    jest: '30.5.2',
    'jest-environment-jsdom': '30.5.2',
    '@swc/core': '1.16.22',
    '@swc/jest': '0.2.39',
    jasmine: '7.0.0',
    tsx: '4.23.15',
  },
} as const;
