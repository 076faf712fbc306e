import type { Framed, FrameQueue } from './frameQueue';

/**
 * What becomes of values that wait for a client which does not read, once they are too many: the client is cut off
 * (`'error'`), or the oldest or newest are dropped, or a function says what is left of those that wait and the one
 * that came last. What it gives has to fit, else the client is cut off.
 */
export type Overflow<T> =
  'error' | 'drop-oldest' | 'drop-newest' | ((queued: readonly T[], next: T) => readonly T[]);

/** Makes room in a queue as far as `overflow` allows. */
export function makeRoom<T>(
  queue: FrameQueue<T>,
  overflow: Overflow<T>,
  isOver: () => boolean,
  format: (value: T) => Framed<T>,
): void {
  if (overflow === 'drop-oldest') while (isOver()) queue.shift();
  else if (overflow === 'drop-newest') while (isOver()) queue.pop();
  else if (typeof overflow === 'function') conflate(queue, overflow, format);
}

/** A value that stays keeps its frame; only what is new is formatted. */
function conflate<T>(
  queue: FrameQueue<T>,
  conflation: (queued: readonly T[], next: T) => readonly T[],
  format: (value: T) => Framed<T>,
): void {
  const framed = queue.clear();
  const known = new Map(framed.map((entry) => [entry.value, entry]));
  const values = framed.map(({ value }) => value);
  const next = values.pop() as T;
  for (const value of conflation(values, next)) queue.push(known.get(value) ?? format(value));
}
