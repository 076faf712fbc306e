/**
 * Writes the text of a format. Each body has its own framing, because formats keep state from one frame to the next.
 *
 * @see `Decoder` reads a format.
 */
export interface Framing<T> {
  /** Whether the frames of a feed's cursor, which are encoded once for all clients, are in this format. */
  readonly takesCursor?: boolean;
  /** Formats one value. Throws a `TypeError` for a value that the format cannot carry. */
  frame(value: T, index: number): string;
  /** Returns the text that is sent when the client reads the body for the first time. */
  opening?(): string;
  /** Time without a frame after which `nudge` is sent, in milliseconds. Without it `nudge` is never sent. */
  readonly heartbeat?: number;
  /** The reconnection time that the format announces to the client, in milliseconds. */
  readonly retry?: number | undefined;
  /**
   * Returns a text that is no message, or an empty text if anything sent now would break into an unfinished line.
   *
   * @param line - The line to send; one that clients ignore if omitted.
   */
  nudge?(line?: string): string;
  /** Notes bytes that the source had already encoded, and that the body passes on unchanged. */
  pass?(bytes: Uint8Array): void;
  /** Returns the last text of a source that has completed. Throws if the source's own bytes end within a line. */
  completion?(): string;
  /**
   * Returns the last text of a source that has failed.
   *
   * @param reason - The description of the error that clients may see.
   */
  failure?(reason: string): string;
}
