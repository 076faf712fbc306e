import { noop } from 'rxjs';
import type { StreamSource } from './observed';

/** A source that gives a value when it is asked for one. */
export interface Puller<T> {
  /** Asks for the next value. An iterable answers at once, all others with a promise. */
  readonly next: () => IteratorResult<T> | PromiseLike<IteratorResult<T>>;
  /** Tells the source that no more values are wanted. May throw, or return a promise that fails. */
  readonly stop: () => unknown;
}

/** The part of Node's `Readable` that an async iterable may have besides. */
interface Destroyable {
  readonly destroy?: () => void;
  readonly on?: (event: 'error', listener: () => void) => void;
}

/** Starts to pull a ReadableStream, an async iterable or an iterable; `undefined` for a source that cannot wait. */
export function puller<T>(source: StreamSource<T>): Puller<T> | undefined {
  if ('subscribe' in source) return undefined;
  // Use a reader: the stream's iterator cannot be cancelled while a read is pending.
  if ('getReader' in source) {
    const reader = (source as ReadableStream<T>).getReader();
    return {
      next: () => reader.read() as Promise<IteratorResult<T>>,
      stop: () => reader.cancel(),
    };
  }
  if (Symbol.asyncIterator in source) {
    const readable = source as AsyncIterable<T> & Destroyable;
    const iterator = readable[Symbol.asyncIterator]();
    const { destroy } = readable;
    // A Readable of Node that fails while it is not read ends the process unless it has a listener.
    if (destroy) readable.on?.('error', noop);
    return {
      next: () => iterator.next(),
      stop: () => {
        // The iterator of a Readable would return only after its next chunk.
        destroy?.call(readable);
        return iterator.return?.();
      },
    };
  }
  if (Symbol.iterator in source) {
    const iterator = source[Symbol.iterator]();
    return { next: () => iterator.next(), stop: () => iterator.return?.() };
  }
  return undefined;
}
