import { joinedBytes } from '../protocol/joinedBytes';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { Block } from './block';

/** Blocks in one piece. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** Number of the messages in it. */
  readonly count: number;
  /** Number of the blocks that were looked at, those left out among them. */
  readonly passed: number;
  /** The id of the last message that has one. */
  readonly id: string | undefined;
}

/**
 * Puts blocks into one chunk: as many as there are up to the one that reaches the limit. Throws what is wrong with
 * the first one if it cannot be sent, and stops before any other that cannot.
 *
 * @param at - Gives the block at an index; none at the end.
 * @param limit - In bytes.
 * @param isFor - Whether the client is to have a message.
 */
export function chunkOf(
  at: (index: number) => Block<SseMessageInit> | undefined,
  limit: number,
  isFor: (message: SseMessageInit, index: number) => boolean = () => true,
): Chunk {
  const parts: Uint8Array[] = [];
  let size = 0;
  let passed = 0;
  let id: string | undefined;
  for (let block = at(0); block && size < limit; block = at(++passed)) {
    const { message, failure } = block;
    if (!isFor(message, passed)) continue;
    if (failure) {
      if (size === 0) throw failure.error;
      break;
    }
    const { bytes } = block;
    parts.push(bytes);
    size += bytes.length;
    id = message.id || id;
  }
  return { bytes: joinedBytes(parts), count: parts.length, passed, id };
}
