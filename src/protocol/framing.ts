/** How a format looks on the wire: one object for each body, since formats keep state from one frame to the next. */
export interface Framing<T> {
  /** Whether what the cursor of a feed gives is in this format. */
  readonly takesCursor?: boolean;
  /** Formats one value. Throws for a value that the format cannot carry. */
  frame(value: T, index: number): string;
  /** Goes out at once when the body is first read. */
  opening?(): string;
  /** After how much silence `nudge` goes out, in milliseconds; never without it. */
  readonly heartbeat?: number;
  /** How long a client waits before it reconnects, in milliseconds, where it was told. */
  readonly retry?: number | undefined;
  /** Goes out where nothing else has; nothing where it would break what the client has so far. */
  nudge?(): string;
  /** Is told of bytes that pass as they are. */
  pass?(bytes: Uint8Array): void;
  /** Goes out last when the source has completed. Throws where what the source gave is no whole. */
  completion?(): string;
  /** Goes out last when the source has failed; it is given what the public may know. */
  failure?(reason: string): string;
}
