import { joinedBytes } from '../protocol/joinedBytes';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { Block } from './block';

/** Consecutive blocks in one piece. */
export interface JoinedBlocks {
  readonly bytes: Uint8Array;
  /** Number of messages in `bytes`. */
  readonly count: number;
  /** Number of blocks that were consumed, including those that were skipped. */
  readonly passed: number;
  /** The id of the last message in `bytes` that has one. */
  readonly id: string | undefined;
}

/**
 * Joins blocks, up to and including the one that reaches the limit. If the first block cannot be sent, its error is
 * thrown. A later block that cannot be sent ends the piece, so that the messages before it still go out.
 *
 * @param at - Returns the block at an index, and `undefined` after the last one.
 * @param limit - Number of bytes.
 * @param isFor - Whether a message is sent to the client. Blocks of other messages are skipped.
 */
export function joinedBlocks(
  at: (index: number) => Block<SseMessageInit> | undefined,
  limit: number,
  isFor: (message: SseMessageInit, index: number) => boolean = () => true,
): JoinedBlocks {
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
