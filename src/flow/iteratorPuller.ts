import { noop } from 'rxjs';
import type { Puller } from './puller';

/** Members of Node's `Readable`, which is an async iterable. */
interface Destroyable {
  readonly destroy?: () => void;
  readonly on?: (event: 'error', listener: () => void) => void;
}

/** Pulls an async iterable by an iterator of it. */
export function iteratorPuller<T>(
  iterable: AsyncIterable<T> & Destroyable,
  iterator: AsyncIterator<T>,
): Puller<T> {
  const { destroy } = iterable;
  // A `Readable` that errors between two reads ends the process unless it has a listener.
  if (destroy) iterable.on?.('error', noop);
  return {
    next: () => iterator.next(),
    stop: () => {
      // The iterator of a `Readable` would wait for its next chunk before it returns.
      destroy?.call(iterable);
      return iterator.return?.();
    },
  };
}
