import { flat } from '../errors';

/** Most times its own length that a slice may keep in memory. */
const SHARE = 4;
/**
 * Length of a text that any slice may keep in memory, in UTF-16 code units. It is more than a packet of a network has,
 * because copying a slice of each packet would make a stream of packets a fifth slower.
 */
export const SHORT = 2048;
/** Length up to which V8 and SpiderMonkey copy a slice themselves. */
const COPIED = 12;

/**
 * Returns the slice, or a copy of it if it is short beside the long text that it was cut from: an engine keeps the
 * whole text in memory for as long as a slice of it is in use.
 *
 * @param length - The length of the text that the slice was cut from.
 */
export const apart = (slice: string, length: number): string =>
  length > SHORT && slice.length > COPIED && slice.length * SHARE < length ? flat(slice) : slice;
