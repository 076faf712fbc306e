/** Returns a text that differs in every process and after every restart. */
export const newEpoch = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join('');
