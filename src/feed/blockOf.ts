import { sseFrame } from '../protocol/sse';
import type { SseMessageInit } from '../protocol/sse';
import { encodeUtf8 } from '../protocol/text';
import type { LogPage } from './log';

/** A message, and itself as a block of an event stream. */
export interface Block<T> {
  readonly message: T;
  readonly bytes: Uint8Array;
}

/**
 * Encodes a message. Throws a `TypeError` if it cannot be sent.
 *
 * @param index - Stands in the message of the error.
 */
export const blockOf = <T extends SseMessageInit>(message: T, index = 0): Block<T> => ({
  message,
  bytes: encodeUtf8(sseFrame(message, index)),
});

/** The messages of a page, encoded unless the log has done so. */
export const blocksOf = <T extends SseMessageInit>({ messages, blocks }: LogPage<T>): Block<T>[] =>
  messages.map((message, index) => {
    const bytes = blocks?.[index];
    return bytes ? { message, bytes } : blockOf(message, index);
  });

/** Blocks of one chunk. A single one is not even copied. */
export function joined(blocks: readonly Uint8Array[]): Uint8Array {
  const [only] = blocks;
  if (only && blocks.length === 1) return only;
  const whole = new Uint8Array(blocks.reduce((length, block) => length + block.length, 0));
  let offset = 0;
  for (const block of blocks) {
    whole.set(block, offset);
    offset += block.length;
  }
  return whole;
}
