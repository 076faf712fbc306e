import { asyncScheduler } from 'rxjs';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import { CHUNK } from '../protocol/limits';
import type { BodySink } from './directBody';
import { encodeFrames } from './encodeFrames';
import { FrameQueue } from './frameQueue';
import type { Frame } from './frameQueue';
import type { Framing } from '../protocol/framing';
import type { Beating } from '../flow/heartbeat';
import { isBytes } from './isBytes';
import type { SourceEnd } from './sourceEnd';

/** Output side of a body: formats values, buffers their frames for the client, and answers its reads. */
export class Outlet<T> implements Beating {
  /** Whether a read is pending. */
  isReading = false;
  /** Whether the body wants the next chunk of the source: a read, or the wait for the first value, is unanswered. */
  isWanted = false;
  /** Time of the last write, on the clock of `asyncScheduler`. */
  lastWrite = 0;
  /** Bytes that were sent since the body last yielded to other clients. */
  unrested = 0;
  /** Number of values that the client has received. */
  messages = 0;
  /** Number of bytes that the client has received. */
  bytes = 0;
  sink!: BodySink;
  readonly framing: Framing<T>;
  #queue: FrameQueue<T | Uint8Array> | undefined;
  /** Text that goes out ahead of the buffered frames. */
  before: string;
  /** Text of the values that answer the pending read. A queue of them would cost a quarter of what a message costs. */
  #joined = '';
  #joinedMessages = 0;
  #index = 0;
  #after = '';
  #end: SourceEnd | undefined;

  constructor(framing: Framing<T>) {
    this.framing = framing;
    this.before = framing.opening?.() ?? '';
  }

  /** The buffered frames. A body of bytes whose client takes everything at once never has a queue. */
  get queue(): FrameQueue<T | Uint8Array> {
    return (this.#queue ??= new FrameQueue());
  }

  get isEmpty(): boolean {
    return this.#joined === '' && (!this.#queue || this.#queue.size === 0);
  }

  /** Number of buffered bytes. */
  get waiting(): number {
    return this.#joined.length + (this.#queue?.bytes ?? 0);
  }

  /** Formats a value. Bytes are frames already: the application has encoded them, perhaps once for many clients. */
  format(value: T | Uint8Array): Frame {
    if (!isBytes(value)) return this.framing.frame(value, this.#index);
    this.framing.pass?.(value);
    return value;
  }

  /** Formats the next value of the source. Throws for a value that the format cannot carry. */
  accept(value: T | Uint8Array): Frame {
    const frame = this.format(value);
    this.#index++;
    return frame;
  }

  /** Adds a text to those that answer the pending read, and returns whether the chunk had room for it. */
  join(text: string): boolean {
    if (this.#joined.length >= CHUNK || (this.#queue?.size ?? 0) > 0) return false;
    this.#joined += text;
    this.#joinedMessages++;
    return true;
  }

  /** Ends the body with the text for a completion. Throws if the source has stopped within a relayed line. */
  complete(): void {
    this.#after = this.framing.completion?.() ?? '';
    this.#end = { failed: false };
  }

  /** Ends the body with the text for a failure. */
  fail(error: unknown, reason: string): void {
    this.#after = this.framing.failure?.(reason) ?? '';
    this.#end = { failed: true, error };
  }

  /**
   * Answers the pending read, if there is one, with the buffered frames. Returns the end of the source once the client
   * has received everything before it.
   */
  send(): SourceEnd | undefined {
    if (!this.isReading || !(this.before || this.#end || !this.isEmpty)) return undefined;
    const frames: Frame[] = [this.before + this.#joined];
    let size = this.#joined.length;
    let messages = this.#joinedMessages;
    this.before = this.#joined = '';
    this.#joinedMessages = 0;
    for (; size < CHUNK && !this.isEmpty; messages++) {
      const { frame } = this.queue.shift();
      frames.push(frame);
      size += frame.length;
    }
    const end = this.isEmpty ? this.#end : undefined;
    if (end) {
      frames.push(this.#after);
      this.#after = '';
    }
    const chunk = encodeFrames(frames);
    if (chunk.length === 0) return end;
    this.write(chunk, messages);
    // An error discards chunks that were not read yet, so a failure is returned for the next read.
    return end?.failed ? undefined : end;
  }

  /** Answers the pending read. */
  write(chunk: Uint8Array, messages: number): void {
    this.isReading = this.isWanted = false;
    this.lastWrite = asyncScheduler.now();
    this.unrested += chunk.length;
    this.bytes += chunk.length;
    this.messages += messages;
    this.sink.enqueue(chunk);
  }

  /** Answers a read that is pending for long with a heartbeat. A client that does not read needs none. */
  beat(): number {
    const { heartbeat = 0 } = this.framing;
    const idle = asyncScheduler.now() - this.lastWrite;
    // The time is negative after the clock of the machine was set back.
    if (idle >= 0 && idle < heartbeat) return heartbeat - idle;
    this.lastWrite += idle;
    const nudge = this.isReading ? this.framing.nudge?.() : undefined;
    if (nudge) this.write(encodeUtf8(nudge), 0);
    return heartbeat;
  }

  /** Drops the buffered frames. */
  clear(): void {
    this.#queue?.clear();
    this.#joined = '';
    this.#joinedMessages = 0;
    this.isReading = false;
  }
}
