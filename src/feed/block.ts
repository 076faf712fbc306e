import { sseFrame } from '../protocol/sseBlock';
import type { SseMessageInit } from '../protocol/sseMessage';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { LogPage } from './log';

/** A message, and itself as a block of an event stream, which is encoded once, when a first body takes it. */
export class Block<T extends SseMessageInit> {
  readonly message: T;
  /** Length of the block in UTF-16 code units. */
  readonly size: number;
  /**
   * Set where the message cannot be sent; it can be read all the same, behind an operator that makes another one of
   * it.
   */
  readonly failure: { readonly error: unknown } | undefined;
  #text = '';
  #bytes: Uint8Array | undefined;

  /** @param index - Stands in the message of the error. */
  constructor(message: T, index = 0) {
    this.message = message;
    try {
      this.#text = sseFrame(message, index);
    } catch (error) {
      this.failure = { error };
    }
    this.size = this.#text.length;
  }

  get bytes(): Uint8Array {
    if (!this.#bytes) {
      this.#bytes = encodeUtf8(this.#text);
      this.#text = '';
    }
    return this.#bytes;
  }
}

/** A page whose messages are blocks already, which all clients share. */
export interface BlockPage<T extends SseMessageInit> extends LogPage<T> {
  readonly blocks: readonly Block<T>[];
}

/** The messages of a page as blocks. */
export const blocksOf = <T extends SseMessageInit>(page: LogPage<T> | BlockPage<T>): readonly Block<T>[] =>
  'blocks' in page ? page.blocks : page.messages.map((message, index) => new Block(message, index));
