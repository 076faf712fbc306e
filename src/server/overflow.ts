import { described } from '../options/rules';
import type { Frame, Framed, FrameQueue } from './frameQueue';

/**
 * What becomes of values that wait for a client which does not read, once they are too many: the client is cut off
 * (`'error'`), or the oldest or newest are dropped, or a function says what is left of those that wait and the one
 * that came last. What it gives has to fit, else the client is cut off.
 *
 * A function is asked for every message that finds no room, and looks through all that waits: so no more than 4 096
 * values wait where there is one, each of them counting as a 4 096th of `maxBufferedBytes` at the least.
 */
export type Overflow<T> =
  'error' | 'drop-oldest' | 'drop-newest' | ((queued: readonly T[], next: T) => readonly T[]);

/** Makes room in a queue as far as `overflow` allows. */
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

/** Values that a function is shown at the most, but for those of one burst. */
export const MAX_SHOWN = 4096;

/** Values that stay keep their frames. The application is called, so that what it gives may be anything. */
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
  // Nearly all keep the order, so that the frame of the next value stands after the one before: no map of all of them.
  let from = 0;
  let known: Map<T | undefined, Framed<T>> | undefined;
  for (const value of kept as readonly T[]) {
    while (from < framed.length && framed[from]?.value !== value) from++;
    if (from === framed.length) known ??= new Map(framed.map((entry) => [entry.value, entry]));
    queue.push(framed[from++] ?? known?.get(value) ?? { value, frame: format(value) });
  }
}
