import { Fifo } from '../flow/fifo';

/** One value as it goes out: text, or bytes that the application has encoded before. */
export type Frame = string | Uint8Array;

/** One buffered frame. */
export interface Framed<T> {
  /** The value of the frame. Set only if `overflow` is a function, which receives the buffered values. */
  readonly value: T | undefined;
  readonly frame: Frame;
}

/** Entries whose overhead does not count, so that the limit of a short queue is about bytes alone. */
const FREE_ENTRIES = 1024;
/** Memory that an entry takes besides its text, in bytes: 50 to 80 were measured on Node 20, and more for an object. */
const ENTRY_COST = 128;

/** Queue of the frames that are buffered for a client, with their size. */
export class FrameQueue<T> extends Fifo<Framed<T>> {
  /** Size of all frames. A character of text counts as one byte, because its bytes are unknown before it is encoded. */
  bytes = 0;

  /** Memory that the queue takes, in bytes: its frames, and the overhead of its entries. */
  get cost(): number {
    return this.bytes + Math.max(0, this.size - FREE_ENTRIES) * ENTRY_COST;
  }

  override push(framed: Framed<T>): void {
    this.bytes += framed.frame.length;
    super.push(framed);
  }

  override shift(): Framed<T> {
    return this.removed(super.shift());
  }

  /** Removes and returns the newest frame. The queue must not be empty. */
  pop(): Framed<T> {
    const framed = this.at(this.size - 1);
    this.values.pop();
    return this.removed(framed);
  }

  /** Removes and returns all frames. */
  clear(): Framed<T>[] {
    const all = this.slice(0);
    this.values = [];
    this.head = this.bytes = 0;
    return all;
  }

  private removed(framed: Framed<T>): Framed<T> {
    this.bytes -= framed.frame.length;
    return framed;
  }
}
