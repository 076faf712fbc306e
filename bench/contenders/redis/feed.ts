/** The source of the messages, and the number of readers. */
export interface Feed {
  readonly port: number;
  /** The keys that messages are added to in turns. */
  readonly keys: readonly string[];
  /** Spread evenly over the keys. */
  readonly readers: number;
}

/** Bodies of a contender: the first chunk of each says that it is live. */
export interface OpenedFeed {
  readonly bodies: readonly ReadableStream<Uint8Array>[];
  /** Set by a contender whose messages come from its own process, and not from Redis. */
  readonly send?: (data: string) => unknown;
  readonly close: () => void;
}

export type OpenFeed = (feed: Feed) => Promise<OpenedFeed>;

/** The key that a reader reads. */
export const keyOf = ({ keys }: Feed, reader: number): string => keys[reader % keys.length] ?? '';
