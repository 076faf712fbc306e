/** Receives the values that a decoder has read. A `Subscriber` of RxJS is a sink. */
export interface Sink<T> {
  /** Whether the consumer has unsubscribed. A decoder checks this after every value, and drops the rest of a chunk. */
  readonly closed: boolean;
  next(value: T): void;
  /** Completes the stream where the format marks its end within the text. */
  complete(): void;
}

/** Reads a format: it is given pieces of any size and gives whole values to its sink. */
export interface Decoder<In> {
  /** Reads one more piece. Throws an error of this library for bad input, after the values before it were delivered. */
  readonly push: (chunk: In) => void;
  /** Reads the clean end of the input. Throws an error of this library if the input ends too early. */
  readonly end: () => void;
}
