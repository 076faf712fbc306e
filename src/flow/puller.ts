import { iteratorPuller } from './iteratorPuller';
import type { StreamSource } from './observed';
import { readerPuller } from './readerPuller';

/** A source with back-pressure: it gives a value for each request. */
export interface Puller<T> {
  /** Requests the next value. An iterable returns its result, and every other source a promise of it. */
  readonly next: () => IteratorResult<T> | PromiseLike<IteratorResult<T>>;
  /** Cancels the source. It may throw, or return a promise that rejects. */
  readonly stop: () => unknown;
}

/** Starts to pull a ReadableStream, an async iterable or an iterable. Returns `undefined` for a source that pushes. */
export function puller<T>(source: StreamSource<T>): Puller<T> | undefined {
  if ('subscribe' in source) return undefined;
  if ('getReader' in source) return readerPuller(source as ReadableStream<T>);
  if (Symbol.asyncIterator in source) return iteratorPuller(source, source[Symbol.asyncIterator]());
  if (Symbol.iterator in source) {
    const iterator = source[Symbol.iterator]();
    return { next: () => iterator.next(), stop: () => iterator.return?.() };
  }
  return undefined;
}
