import { noop } from 'rxjs';
import type { StreamSource } from './observed';

/** A source with back-pressure: it gives a value for each request. */
export interface Puller<T> {
  /** Requests the next value. An iterable returns its result, and every other source a promise of it. */
  readonly next: () => IteratorResult<T> | PromiseLike<IteratorResult<T>>;
  /** Cancels the source. It may throw, or return a promise that rejects. */
  readonly stop: () => unknown;
}

/** Members of Node's `Readable`, which is an async iterable. */
interface Destroyable {
  readonly destroy?: () => void;
  readonly on?: (event: 'error', listener: () => void) => void;
}

/** Starts to pull a ReadableStream, an async iterable or an iterable. Returns `undefined` for a source that pushes. */
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
    // A `Readable` that errors between two reads ends the process unless it has a listener.
    if (destroy) readable.on?.('error', noop);
    return {
      next: () => iterator.next(),
      stop: () => {
        // The iterator of a `Readable` would wait for its next chunk before it returns.
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
