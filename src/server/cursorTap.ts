import type { Subscriber } from 'rxjs';
import type { Cursor, OpenCursor, Waker } from '../feed/cursor';
import type { BodyEnds } from './bodyEnds';
import type { Beating } from './heartbeat';
import { CHUNK } from './outlet';
import type { Outlet } from './outlet';

/** Parts of `stallTimeout` after which a client that does not read is looked after. */
const LOOKS = 4;

/** Takes what a body sends from the cursor of a feed: no queue, no watch, and bytes that all clients share. */
export class CursorTap implements Beating, Waker {
  /** Milliseconds until the next `beat`; endless where there is nothing to look after. */
  interval: number;
  readonly #outlet: Outlet<unknown>;
  readonly #ends: BodyEnds;
  readonly #values: Subscriber<unknown>;
  readonly #stallTimeout: number;
  readonly #cursor: Cursor;
  /** Chunks that were taken before the first read, to find out whether there is anything. */
  #held: Uint8Array[] | undefined;
  /** The response waits for the first message. */
  #isAwaited = false;
  /** For how long the client has not read, in milliseconds, and the number of bytes that it had by then. */
  #stalled = 0;
  #seen = 0;

  /** @param values - Receives the end of the feed. */
  constructor(
    open: OpenCursor,
    outlet: Outlet<unknown>,
    ends: BodyEnds,
    values: Subscriber<unknown>,
    stallTimeout: number,
  ) {
    this.#outlet = outlet;
    this.#ends = ends;
    this.#values = values;
    this.#stallTimeout = stallTimeout;
    this.interval = Math.min(outlet.framing.heartbeat || Infinity, stallTimeout / LOOKS);
    this.#cursor = open(this);
  }

  wake(): void {
    if (this.#isAwaited) this.peek();
    this.take();
  }

  /** Answers the read that is waiting, if there is one and there is something to take. */
  take(): void {
    if (!this.#outlet.isReading || this.#values.closed) return;
    const bytes = this.#held?.shift() ?? this.#taken();
    // What was taken before the first read counts when the last of it is given.
    if (bytes) this.#outlet.write(bytes, this.#held?.length ? 0 : this.#cursor.taken - this.#outlet.messages);
    else {
      this.#outlet.unrested = 0;
      this.#end();
    }
  }

  /** Settles the first value for a response that waits for it, now or when there is one. */
  peek(): void {
    while (this.#cursor.taken === 0) {
      const bytes = this.#taken();
      if (!bytes) break;
      (this.#held ??= []).push(bytes);
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
   * Sends the heartbeat, and finds a client that does not read although it could. It counts the time between two
   * looks, not what the clock says: what blocks the event loop keeps readers from reading, too.
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
    return (this.interval = Math.min(wait, this.#stallTimeout / LOOKS));
  }

  close(): void {
    this.#cursor.close();
  }

  #taken(): Uint8Array | undefined {
    try {
      return this.#cursor.take(CHUNK);
    } catch (error) {
      this.#values.error(error);
      return undefined;
    }
  }

  /** Ends with the feed. */
  #end(): void {
    const { end, wasOver } = this.#cursor;
    this.#ends.wasOver = wasOver;
    if (end?.failed) this.#values.error(end.error);
    else if (end) this.#values.complete();
  }
}
