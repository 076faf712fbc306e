import { asyncScheduler } from 'rxjs';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import type { BodySink } from './directBody';
import { encodeFrames } from './encodeFrames';
import { FrameQueue } from './frameQueue';
import type { Frame } from './frameQueue';
import type { Framing } from '../protocol/framing';
import type { Beating } from './heartbeat';
import { isBytes } from './isBytes';

/** How a source ended. */
export interface SourceEnd {
  readonly failed: boolean;
  readonly error?: unknown;
}

/** How much is gathered for a chunk, in bytes; the frame that reaches it is the last one in. */
export const CHUNK = 65_536;

/** The way out of a body: formats values, gathers the frames that wait for the reader, and answers its reads. */
export class Outlet<T> implements Beating {
  /** A read is waiting for a chunk. */
  isReading = false;
  /** The next chunk of the source is wanted: the last read, or the first value, was not answered yet. */
  isWanted = false;
  /** When something was sent last, by the clock of `asyncScheduler`. */
  lastWrite = 0;
  /** How much was sent since other clients had their turn, in bytes. */
  unrested = 0;
  /** Number of values that the reader was given. */
  messages = 0;
  /** Number of bytes that the reader was given. */
  bytes = 0;
  sink!: BodySink;
  readonly framing: Framing<T>;
  #queue: FrameQueue<T | Uint8Array> | undefined;
  /** Text that goes out before the frames that wait. */
  before: string;
  #index = 0;
  #after = '';
  #end: SourceEnd | undefined;

  constructor(framing: Framing<T>) {
    this.framing = framing;
    this.before = framing.opening?.() ?? '';
  }

  /** The frames that wait. A body of bytes whose client takes everything at once never has a queue. */
  get queue(): FrameQueue<T | Uint8Array> {
    return (this.#queue ??= new FrameQueue());
  }

  get isEmpty(): boolean {
    return !this.#queue || this.#queue.size === 0;
  }

  /** Bytes that wait. */
  get waiting(): number {
    return this.#queue?.bytes ?? 0;
  }

  /** Formats a value. Bytes are frames that were encoded before, once for all who get them. */
  format(value: T | Uint8Array): Frame {
    if (!isBytes(value)) return this.framing.frame(value, this.#index);
    this.framing.pass?.(value);
    return value;
  }

  /** Formats the next value of the source. Throws for one that the format cannot carry. */
  accept(value: T | Uint8Array): Frame {
    const frame = this.format(value);
    this.#index++;
    return frame;
  }

  /** Ends with what says that the source has completed. Throws where what it gave is no whole. */
  complete(): void {
    this.#after = this.framing.completion?.() ?? '';
    this.#end = { failed: false };
  }

  /** Ends with what says that the source has failed. */
  fail(error: unknown, reason: string): void {
    this.#after = this.framing.failure?.(reason) ?? '';
    this.#end = { failed: true, error };
  }

  /**
   * Answers the read that is waiting, if there is one, with all that there is. Gives the end of the source once the
   * reader has everything before it.
   */
  send(): SourceEnd | undefined {
    if (!this.isReading || !(this.before || this.#end || !this.isEmpty)) return undefined;
    const frames: Frame[] = [this.before];
    this.before = '';
    for (let size = 0; size < CHUNK && !this.isEmpty;) {
      const { frame } = this.queue.shift();
      frames.push(frame);
      size += frame.length;
    }
    const messages = frames.length - 1;
    const end = this.isEmpty ? this.#end : undefined;
    if (end) {
      frames.push(this.#after);
      this.#after = '';
    }
    const chunk = encodeFrames(frames);
    if (chunk.length === 0) return end;
    this.write(chunk, messages);
    // An error drops chunks that were not read: it comes after one more read.
    return end?.failed ? undefined : end;
  }

  /** Answers the read that is waiting. */
  write(chunk: Uint8Array, messages: number): void {
    this.isReading = this.isWanted = false;
    this.lastWrite = asyncScheduler.now();
    this.unrested += chunk.length;
    this.bytes += chunk.length;
    this.messages += messages;
    this.sink.enqueue(chunk);
  }

  /** Answers a read that has waited for long. A client that does not read has bytes to take. */
  beat(): number {
    const { heartbeat = 0 } = this.framing;
    const quiet = asyncScheduler.now() - this.lastWrite;
    // Less than nothing where the clock of the machine was set back.
    if (quiet >= 0 && quiet < heartbeat) return heartbeat - quiet;
    this.lastWrite += quiet;
    const nudge = this.isReading ? this.framing.nudge?.() : undefined;
    if (nudge) this.write(encodeUtf8(nudge), 0);
    return heartbeat;
  }

  /** Drops what waits. */
  clear(): void {
    this.#queue?.clear();
    this.isReading = false;
  }
}
