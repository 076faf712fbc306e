import { sseFrame } from '../protocol/sseBlock';
import type { SseMessageInit } from '../protocol/sseMessage';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { LogPage } from './log';

/** A message together with its block of an event stream, which is encoded once, when the first body needs it. */
export class Block<T extends SseMessageInit> {
  readonly message: T;
  /** Length of the block in UTF-16 code units. */
  readonly size: number;
  /**
   * Set if the message cannot be sent. Subscribers still receive such a message, because an operator may turn it into
   * one that can be sent.
   */
  readonly failure: { readonly error: unknown } | undefined;
  #text = '';
  #bytes: Uint8Array | undefined;

  /** @param index - The number of the message in the text of the error. */
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

/** A page that carries its messages as blocks, too, so that all clients share one encoding of each. */
export interface BlockPage<T extends SseMessageInit> extends LogPage<T> {
  readonly blocks: readonly Block<T>[];
}

/** Returns the messages of a page as blocks. */
export const blocksOf = <T extends SseMessageInit>(page: LogPage<T> | BlockPage<T>): readonly Block<T>[] =>
  'blocks' in page ? page.blocks : page.messages.map((message, index) => new Block(message, index));
