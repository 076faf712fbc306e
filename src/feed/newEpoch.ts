/** Text that no other process, and no other life of this one, has. */
export const newEpoch = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join('');
