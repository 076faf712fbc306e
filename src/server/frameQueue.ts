import { Fifo } from '../flow/fifo';

/** What goes out in one piece: text, or bytes that were encoded before. */
export type Frame = string | Uint8Array;

/** One frame that waits. */
export interface Framed<T> {
  /** Kept for an application that conflates values, and unset where none does. */
  readonly value: T | undefined;
  readonly frame: Frame;
}

/** Entries whose own cost does not count: the limits of short queues are about bytes alone. */
const FREE_ENTRIES = 1024;
/** Memory that an entry takes besides its text, in bytes: 50 to 80 were measured on Node 20, and more for an object. */
const ENTRY_COST = 128;

/** Frames that wait for a reader, and how much they are. */
export class FrameQueue<T> extends Fifo<Framed<T>> {
  /** A character of text counts as one: how many bytes it has is not known before it is encoded. */
  bytes = 0;

  /** Memory that the queue takes, in bytes: what waits, and its entries themselves. */
  get cost(): number {
    return this.bytes + Math.max(0, this.size - FREE_ENTRIES) * ENTRY_COST;
  }

  override push(framed: Framed<T>): void {
    this.bytes += framed.frame.length;
    super.push(framed);
  }

  override shift(): Framed<T> {
    return this.left(super.shift());
  }

  override pop(): Framed<T> {
    return this.left(super.pop());
  }

  override clear(): Framed<T>[] {
    this.bytes = 0;
    return super.clear();
  }

  private left(framed: Framed<T>): Framed<T> {
    this.bytes -= framed.frame.length;
    return framed;
  }
}
