import { sseFrame } from '../protocol/sse';
import type { SseMessageInit } from '../protocol/sse';
import { encodeUtf8 } from '../protocol/text';
import type { LogPage } from './log';

/** A message, and itself as a block of an event stream. */
export interface Block<T> {
  readonly message: T;
  readonly bytes: Uint8Array;
  /** Set where the message cannot be sent; it can be read all the same, behind an operator that makes another one of it. */
  readonly failure?: { readonly error: unknown };
}

const NONE = /* @__PURE__ */ new Uint8Array();

/** @param index - Stands in the message of the error. */
export function blockOf<T extends SseMessageInit>(message: T, index = 0): Block<T> {
  try {
    return { message, bytes: encodeUtf8(sseFrame(message, index)) };
  } catch (error) {
    return { message, bytes: NONE, failure: { error } };
  }
}

/** The messages of a page, encoded unless the log has done so. */
export const blocksOf = <T extends SseMessageInit>({ messages, blocks }: LogPage<T>): Block<T>[] =>
  messages.map((message, index) => {
    const bytes = blocks?.[index];
    return bytes ? { message, bytes } : blockOf(message, index);
  });
