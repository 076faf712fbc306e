/** The source of the messages, and the number of readers. */
export interface Feed {
  /** The port of Redis. */
  readonly port: number;
  /** The keys that messages are added to in turns. */
  readonly keys: readonly string[];
  /** Spread evenly over the keys. */
  readonly readers: number;
}

/** Bodies of a contender: each is live from the chunk on that begins with an id. */
export interface OpenedFeed {
  readonly bodies: readonly ReadableStream<Uint8Array>[];
  /** Set by a contender that publishes by itself. */
  readonly send?: (data: string) => unknown;
  /** The port at which a contender takes the messages of the publisher without Redis, line by line. */
  readonly takesAt?: number;
  readonly close: () => void;
}

export type OpenFeed = (feed: Feed) => Promise<OpenedFeed>;

/** The key that a reader reads. */
export const keyOf = ({ keys }: Feed, reader: number): string => keys[reader % keys.length] ?? '';
