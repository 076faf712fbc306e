/** The bytes that one import may add to an application: minified and gzipped, with rxjs as a module of its own. */
export const budgets = {
  fromNdjsonFetch: 8_040,
  fromEventSource: 10_300,
  toSseResponse: 8_370,
  everything: 26_710,
};
