import type { Fifo } from '../flow/fifo';
import { sseBlock } from '../protocol/sseBlock';
import type { SseMessageInit } from '../protocol/sseMessage';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { Block } from './block';
import { chunkOf } from './chunkOf';
import type { Cursor } from './cursor';
import { Place } from './place';

/** The place of a client whose body takes what its client reads, as blocks of an event stream. */
export class FeedCursor<T extends SseMessageInit> extends Place<T> implements Cursor {
  override get isTold(): boolean {
    return true;
  }

  take(limit: number): Uint8Array | undefined {
    while (this.find()) {
      if (this.isUntold && (this.isPage || !this.isAhead)) {
        this.isUntold = false;
        return encodeUtf8(sseBlock({ id: this.id }));
      }
      const bytes = this.ahead?.size ? this.#takeAhead(this.ahead, limit) : this.#takeOfRing(limit);
      // Nothing, if all of it was for those alone who were live.
      if (bytes.length > 0) return bytes;
    }
    return undefined;
  }

  #takeAhead(ahead: Fifo<Block<T>>, limit: number): Uint8Array {
    const { bytes, passed } = chunkOf((index) => (index < ahead.size ? ahead.at(index) : undefined), limit);
    this.passed(ahead, passed);
    return bytes;
  }

  #takeOfRing(limit: number): Uint8Array {
    const { ring, number, live } = this;
    if (!ring) return new Uint8Array();
    const { to, count, id, bytes } = ring.range(number, limit, live);
    this.advance(to, count, id);
    return bytes;
  }
}
