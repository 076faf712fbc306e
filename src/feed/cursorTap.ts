import type { Subscriber } from 'rxjs';
import { heartbeat } from '../flow/heartbeat';
import type { Beating } from '../flow/heartbeat';
import { CHUNK, MAX_DELAY } from '../protocol/limits';
import type { Cursor, OpenCursor, Waker } from './cursor';

/** Number of checks for a client that does not read within `stallTimeout`. */
const CHECKS = 4;

/** The output side of a body, as far as a feed uses it. */
export interface TapOutlet extends Beating {
  /** `heartbeat` is the time between two heartbeats, in milliseconds. */
  readonly framing: { readonly heartbeat?: number };
  /** Whether a read is pending. */
  readonly isReading: boolean;
  /** Bytes that were sent since the body last yielded to other clients. */
  unrested: number;
  /** Number of messages that the client has received. */
  readonly messages: number;
  /** Number of bytes that the client has received. */
  readonly bytes: number;
  write(bytes: Uint8Array, messages: number): void;
}

/** The ends of a body, as far as a feed decides them. */
export interface TapEnds {
  /** Set while a response waits for the first message. */
  readonly first: { settle(isNothing?: boolean): void } | undefined;
  /** Whether the feed had ended before the client connected. */
  wasOver: boolean;
  stall(stallTimeout: number): void;
}

/** Takes the chunks of a body from the cursor of a feed, whose bytes all clients share, without a queue and a watch. */
export class CursorTap implements Beating, Waker {
  /** Milliseconds until the next `beat`. `Infinity` if the body has neither a heartbeat nor a `stallTimeout`. */
  interval: number;
  readonly #outlet: TapOutlet;
  readonly #ends: TapEnds;
  readonly #values: Subscriber<unknown>;
  readonly #stallTimeout: number;
  readonly #cursor: Cursor;
  /** Chunks that `peek` took before the first read. */
  #peeked: Uint8Array[] | undefined;
  /** Whether the response waits for the first message. */
  #isAwaited = false;
  /** Milliseconds for which the client has not read. */
  #stalled = 0;
  /** Number of bytes that the client had received at the last `beat`. */
  #seen = 0;

  /** @param values - Receives the end of the feed, and ends the heartbeat and the cursor with it. */
  constructor(
    open: OpenCursor,
    outlet: TapOutlet,
    ends: TapEnds,
    values: Subscriber<unknown>,
    stallTimeout: number,
  ) {
    this.#outlet = outlet;
    this.#ends = ends;
    this.#values = values;
    this.#stallTimeout = stallTimeout;
    this.interval = Math.min(outlet.framing.heartbeat || Infinity, stallTimeout / CHECKS);
    this.#cursor = open(this);
    if (this.interval <= MAX_DELAY) values.add(heartbeat(this, this.interval));
    values.add(() => {
      this.#cursor.close();
    });
  }

  wake(): void {
    if (this.#isAwaited) this.peek();
    this.take();
  }

  /** Answers the pending read, if the cursor has a chunk. */
  take(): void {
    if (!this.#outlet.isReading || this.#values.closed) return;
    const bytes = this.#peeked?.shift() ?? this.#taken();
    // The messages of peeked chunks count when the last of these chunks is sent.
    if (bytes)
      this.#outlet.write(bytes, this.#peeked?.length ? 0 : this.#cursor.taken - this.#outlet.messages);
    else {
      this.#outlet.unrested = 0;
      this.#end();
    }
  }

  /** Settles the first value for a response that waits for it, now or once the feed has a message. */
  peek(): void {
    while (this.#cursor.taken === 0) {
      const bytes = this.#taken();
      if (!bytes) break;
      (this.#peeked ??= []).push(bytes);
    }
    this.#isAwaited = false;
    if (this.#values.closed) return;
    if (this.#cursor.taken > 0) this.#ends.first?.settle();
    else if (this.#cursor.end?.failed === false) this.#ends.first?.settle(true);
    else if (this.#cursor.end) this.#end();
    else if (this.#cursor.isPlaced) this.#ends.first?.settle();
    else this.#isAwaited = true;
  }

  /**
   * Sends the heartbeat, and cuts off a client that does not read although the feed has messages for it. It adds up the
   * intervals and does not use the clock: code that blocks the event loop keeps clients from reading, too.
   */
  beat(): number {
    const { isReading, bytes } = this.#outlet;
    if (isReading || bytes !== this.#seen || !this.#cursor.isBehind) this.#stalled = 0;
    else this.#stalled += this.interval;
    this.#seen = bytes;
    if (this.#stalled >= this.#stallTimeout) {
      this.#ends.stall(this.#stallTimeout);
    }
    const wait = this.#outlet.framing.heartbeat ? this.#outlet.beat() : Infinity;
    return (this.interval = Math.min(wait, this.#stallTimeout / CHECKS));
  }

  #taken(): Uint8Array | undefined {
    try {
      return this.#cursor.take(CHUNK);
    } catch (error) {
      this.#values.error(error);
      return undefined;
    }
  }

  /** Ends the body if the feed has ended. */
  #end(): void {
    const { end, wasOver } = this.#cursor;
    this.#ends.wasOver = wasOver;
    if (end?.failed) this.#values.error(end.error);
    else if (end) this.#values.complete();
  }
}
