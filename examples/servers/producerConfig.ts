/** What every example server takes. */
export interface ProducerConfig {
  /** Between two values, in milliseconds. */
  interval?: number | undefined;
  /** Called when the producer has stopped: it had no more to say, or nobody was left to say it to. */
  onStop?: (() => void) | undefined;
}
