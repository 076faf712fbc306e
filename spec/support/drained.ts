/** A body as it was read, chunk by chunk, to wherever it ended. */
export interface Drained {
  readonly chunks: readonly string[];
  /** All of it. */
  readonly text: string;
  /** The error; unset if the body came to its end. */
  readonly error: unknown;
}

/** Reads a body as fast as it comes. Its chunks hold whole characters, or they would not be decoded one by one. */
export async function drained(body: ReadableStream<Uint8Array>): Promise<Drained> {
  const chunks: string[] = [];
  let error: unknown;
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(read.value));
    }
  } catch (reason) {
    error = reason;
  }
  return { chunks, text: chunks.join(''), error };
}
