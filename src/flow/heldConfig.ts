/** A limit on the values that are buffered, for a source without back-pressure. */
export interface HeldConfig {
  /**
   * Most text that may be buffered for an asynchronous `schema` or for the values of `onBadLine`, in UTF-16 code units.
   * Each text counts 100 more. Over the limit the operator unsubscribes from the source, emits the results of the
   * buffered texts, and errors with a `StreamOverflowError`. `Infinity` sets no limit. The readers do not need this
   * option: they apply back-pressure to their server.
   *
   * @defaultValue 16 Mi
   */
  maxBufferedBytes?: number | undefined;
}

/** A limit on the buffered values, with the size of a value. */
export interface Held<V> extends HeldConfig {
  /** Returns the length of a value's text, in UTF-16 code units. */
  readonly lengthOf: (value: V) => number;
}
