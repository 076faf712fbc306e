/** The bytes that one import may add to an application: minified and gzipped, with rxjs as a module of its own. */
export const budgets = {
  fromNdjsonFetch: 8_310,
  fromEventSource: 10_420,
  toSseResponse: 8_370,
  everything: 27_080,
};
