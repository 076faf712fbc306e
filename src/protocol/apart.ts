import { flat } from '../errors';

/** How many times as long as itself the text may be that a slice keeps in memory. */
const SHARE = 4;

/** A slice as it is, or a copy if it would keep a text of this length in memory that is much longer than the slice. */
export const apart = (slice: string, length: number): string =>
  slice.length * SHARE < length ? flat(slice) : slice;
