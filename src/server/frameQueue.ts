import { Fifo } from '../operators/fifo';

/** What goes out in one piece: text, or bytes that were encoded before. */
export type Frame = string | Uint8Array;

/** A value and how it looks on the wire. */
export interface Framed<T> {
  readonly value: T;
  readonly frame: Frame;
}

/** Frames that wait for a reader, and how much they are. */
export class FrameQueue<T> extends Fifo<Framed<T>> {
  /** A character of text counts as one: how many bytes it has is not known before it is encoded. */
  bytes = 0;

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
