/** Returns an unpredictable number of 32 bits. */
export const chance = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
