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
  budget('fromNdjsonFetch', '3.8 kB'),
  budget('fromEventSource', '4.65 kB'),
  budget('toSseResponse', '4.3 kB'),
  budget('everything', '11.1 kB'),
];
