/** Reads a body when it is told to. */
export interface TextReader {
  /** The next chunk; unset at the end. */
  readonly read: () => Promise<string | undefined>;
  readonly cancel: () => Promise<void>;
}

export function textReader(body: ReadableStream<Uint8Array>): TextReader {
  const reader = body.getReader();
  return {
    read: async () => {
      const { done, value } = await reader.read();
      return done ? undefined : new TextDecoder().decode(value);
    },
    cancel: () => reader.cancel(),
  };
}

/** Returns a function that reads the result of a promise so far: `'pending'` until it settles. */
export function settling(promise: Promise<unknown>): () => unknown {
  let state: unknown = 'pending';
  promise.then(
    (value) => {
      state = value;
    },
    (reason: unknown) => {
      state = reason;
    },
  );
  return () => state;
}
