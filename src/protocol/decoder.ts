/** Where a decoder puts what it has read; a `Subscriber` of RxJS is one. */
export interface Sink<T> {
  /** Asked after every value: a consumer that has left gets no more of the same chunk. */
  readonly closed: boolean;
  next(value: T): void;
  /** The format itself says that there is no more. */
  complete(): void;
}

/** The reading half of a format: pieces of any size in, whole values to its sink. */
export interface Decoder<In> {
  /** Throws one of the errors of `errors.ts` when the input is bad; what came before has been delivered. */
  readonly push: (chunk: In) => void;
  /** The input has ended cleanly. */
  readonly end: () => void;
}
