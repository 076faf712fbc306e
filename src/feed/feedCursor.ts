import type { Fifo } from '../flow/fifo';
import { sseBlock } from '../protocol/sseBlock';
import type { SseMessageInit } from '../protocol/sseMessage';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { Block } from './block';
import type { Cursor } from './cursor';
import { FeedReader } from './feedReader';
import { joinedBlocks } from './joinedBlocks';

/** Reads a feed for a body, which takes blocks of an event stream whenever its client reads. */
export class FeedCursor<T extends SseMessageInit> extends FeedReader<T> implements Cursor {
  override get needsId(): boolean {
    return true;
  }

  take(limit: number): Uint8Array | undefined {
    while (this.find()) {
      if (this.isIdUnsent && (this.isPage || !this.isAhead)) {
        this.isIdUnsent = false;
        return encodeUtf8(sseBlock({ id: this.id }));
      }
      const bytes = this.ahead?.size ? this.#takeAhead(this.ahead, limit) : this.#takeFromRing(limit);
      // The bytes are empty if every message was only for clients that were live when it came.
      if (bytes.length > 0) return bytes;
    }
    return undefined;
  }

  #takeAhead(ahead: Fifo<Block<T>>, limit: number): Uint8Array {
    const at = (index: number): Block<T> | undefined => (index < ahead.size ? ahead.at(index) : undefined);
    const { bytes, passed } = joinedBlocks(at, limit);
    this.shiftAhead(ahead, passed);
    return bytes;
  }

  #takeFromRing(limit: number): Uint8Array {
    const { ring, number, live } = this;
    if (!ring) return new Uint8Array();
    const { to, count, id, bytes } = ring.range(number, limit, live);
    this.advance(to, count, id);
    return bytes;
  }
}
