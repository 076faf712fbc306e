import type { Puller } from './puller';

/** Pulls a ReadableStream by a reader: the stream's own iterator cannot be cancelled while a read is pending. */
export function readerPuller<T>(stream: ReadableStream<T>): Puller<T> {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<T>>,
    stop: () => reader.cancel(),
  };
}
