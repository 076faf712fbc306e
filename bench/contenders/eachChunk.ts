/** The loop on a reader that everybody writes, and the floor for what reading a body costs. */
export async function eachChunk<T>(
  stream: ReadableStream<T> | null | undefined,
  take: (chunk: T) => void,
): Promise<void> {
  if (!stream) throw new Error('the response has no body');
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    take(value);
  }
}
