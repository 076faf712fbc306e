import { Buffer } from 'node:buffer';

/** Largest chunk that is kept, in bytes. Chunks of bodies are rarely longer. */
const MAX_KEPT = 131_072;

let kept: Uint8Array | undefined;
let keptBuffer: Uint8Array | undefined;

/**
 * Returns the same bytes as a `Buffer`, and keeps the last one. Node would otherwise make a `Buffer` of a shared chunk
 * for each of its clients.
 */
export function bufferOf(chunk: Uint8Array): Uint8Array {
  if (kept === chunk && keptBuffer) return keptBuffer;
  if (chunk.byteLength > MAX_KEPT) return chunk;
  kept = chunk;
  return (keptBuffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
}
