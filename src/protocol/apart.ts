import { flat } from '../errors';

/** Most times its own length that a slice may keep in memory. */
const SHARE = 4;

/**
 * Returns the slice, or a copy of the slice if the slice is short beside the text that it was cut from: an engine keeps
 * the whole text in memory for as long as a slice of it is in use.
 *
 * @param length - The length of the text that the slice was cut from.
 */
export const apart = (slice: string, length: number): string =>
  slice.length * SHARE < length ? flat(slice) : slice;
