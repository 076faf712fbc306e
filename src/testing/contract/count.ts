/** Returns the numbers from 0 up to, but not including, a length. */
export const count = (length: number): number[] => Array.from({ length }, (_, n) => n);
