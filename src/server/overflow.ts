import { described } from '../options/rules';
import type { Frame, Framed, FrameQueue } from './frameQueue';

/**
 * Strategy for a client whose buffered values exceed `maxBufferedBytes`.
 *
 * - `'error'` cuts the client off.
 * - `'drop-oldest'` and `'drop-newest'` drop buffered values.
 * - A function receives the buffered values and the newest one, and returns those to keep. If they still exceed the
 *   limit, the body cuts the client off.
 *
 * The body calls the function for every value beyond the limit, and the function usually reads all that is buffered.
 * With a function each value counts as at least a 4 096th of `maxBufferedBytes`, so no more than 4 096 are buffered.
 */
export type Overflow<T> =
  'error' | 'drop-oldest' | 'drop-newest' | ((queued: readonly T[], next: T) => readonly T[]);

/** Removes frames from a queue as `overflow` says, which may be none. */
export function makeRoom<T>(
  queue: FrameQueue<T>,
  overflow: Overflow<T>,
  isOver: () => boolean,
  format: (value: T) => Frame,
): void {
  if (overflow === 'drop-oldest') while (isOver()) queue.shift();
  else if (overflow === 'drop-newest') while (isOver()) queue.pop();
  else if (typeof overflow === 'function') conflate(queue, overflow, format);
}

/** Largest number of values that a function receives, apart from the values of one burst. */
export const MAX_SHOWN = 4096;

/**
 * Replaces the frames of a queue by those of the values that the application keeps. A value that stays keeps its frame.
 * The function of the application may return anything, so its result is checked.
 */
function conflate<T>(
  queue: FrameQueue<T>,
  conflation: (queued: readonly T[], next: T) => readonly T[],
  format: (value: T) => Frame,
): void {
  const framed = queue.clear();
  const values = framed.map(({ value }) => value as T);
  const next = values.pop() as T;
  const kept = conflation(values, next);
  if (!Array.isArray(kept)) throw new TypeError(`overflow: expected an array, got ${described(kept)}`);
  // Most functions keep the order, so the frame of a value is found behind that of the value before it. Only values out
  // of order need a map of all frames.
  let from = 0;
  let known: Map<T | undefined, Framed<T>> | undefined;
  for (const value of kept as readonly T[]) {
    while (from < framed.length && framed[from]?.value !== value) from++;
    if (from === framed.length) known ??= new Map(framed.map((entry) => [entry.value, entry]));
    queue.push(framed[from++] ?? known?.get(value) ?? { value, frame: format(value) });
  }
}
