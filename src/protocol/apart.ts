import { flat } from '../errors';

/** A slice may keep a text in memory that is this many times as long as itself. */
const SHARE = 4;

/** A slice as it is, or a copy if it would keep a text of this length in memory that is much longer than the slice. */
export const apart = (slice: string, length: number): string =>
  slice.length * SHARE < length ? flat(slice) : slice;
