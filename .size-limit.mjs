/** What one import adds to an application: minified and gzipped, with rxjs as a module of its own. */
const budget = (name, limit) => ({
  name,
  path: 'dist/index.js',
  import: name === 'everything' ? '*' : `{ ${name} }`,
  limit,
  gzip: true,
  ignore: ['rxjs'],
  modifyEsbuildConfig: (config) => ({ ...config, format: 'esm' }),
});

export default [
  budget('fromNdjsonFetch', '4.1 kB'),
  budget('fromEventSource', '5.25 kB'),
  budget('toSseResponse', '4.85 kB'),
  budget('everything', '12.3 kB'),
];
