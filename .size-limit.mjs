/** Size that one import adds to an application: minified and gzipped, with rxjs as a module of its own. */
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
  budget('fromNdjsonFetch', '8.2 kB'),
  budget('fromEventSource', '9.91 kB'),
  budget('toSseResponse', '8.9 kB'),
  budget('everything', '26.23 kB'),
];
