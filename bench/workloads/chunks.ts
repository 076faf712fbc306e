/** The cut of a body: chunks of so many bytes, or one value a chunk. */
export type Cut = number | 'value';

/** Part of a workload with which each contender is checked, character by character. */
export const SAMPLE_BYTES = 1024 * 1024;

/** The bytes of a body, cut; each chunk has memory of its own, as if it had come from a socket. */
export function cut(parts: readonly string[], size: Cut): Uint8Array[] {
  const encoder = new TextEncoder();
  if (size === 'value') return parts.map((part) => encoder.encode(part));
  const bytes = encoder.encode(parts.join(''));
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.slice(i * size, (i + 1) * size),
  );
}

/**
 * Chunks as a response, by the cheapest stream there is: one that has nothing queued and gives a chunk when it is
 * asked. It is the same for every contender, and part of what each of them costs.
 */
export function respond(chunks: Iterable<Uint8Array>, type: string): Response {
  const iterator = chunks[Symbol.iterator]();
  return new Response(
    new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const step = iterator.next();
          if (step.done) controller.close();
          else controller.enqueue(step.value);
        },
      },
      { highWaterMark: 0 },
    ),
    { headers: { 'content-type': type } },
  );
}
