/** The message after each batch. */
export interface Control {
  /** The offset behind the batch. */
  readonly streamNextOffset: string;
  /** Whether the batch was the last one of the stream. */
  readonly streamClosed?: boolean;
}
