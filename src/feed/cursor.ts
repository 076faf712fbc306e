import type { Subscriber } from 'rxjs';
import { CursorTap } from './cursorTap';
import type { TapEnds, TapOutlet } from './cursorTap';
import type { LogEnd } from './log';

/**
 * The position of one client in a feed. A body takes from the cursor only as much as its client reads, and the cursor
 * buffers no messages, so that a client that does not read costs a position and not a queue.
 */
export interface Cursor {
  /**
   * Takes the next messages as whole blocks of an event stream: at least one block, and none after the first that
   * reaches the limit. The bytes are shared with other clients and must not be detached. Returns `undefined` if there
   * is nothing to take at present: then either `end` is set, or `wake` is called once, later.
   *
   * @param limit - Number of bytes.
   */
  readonly take: (limit: number) => Uint8Array | undefined;
  /** Number of messages that the client has taken. */
  readonly taken: number;
  /** The end of the feed, set once the client has taken everything before it. */
  readonly end: LogEnd | undefined;
  /** Whether the feed had ended before the client connected. */
  readonly wasOver: boolean;
  /** Whether the client is known to continue without a gap, in a feed that has had a message. */
  readonly isPlaced: boolean;
  /** Whether there is something to take, as far as this process knows. */
  readonly isBehind: boolean;
  /** Closes the cursor. `wake` is not called after that. */
  readonly close: () => void;
}

/** A consumer of a cursor. It is an object because a function would cost every idle client a closure. */
export interface Waker {
  /** Called when there may be something to take again, or the end. Must not throw. */
  wake(): void;
}

/** Opens a cursor. */
export type OpenCursor = (waker: Waker) => Cursor;

/** A registered symbol, because an application may load two copies of this module (ESM and CommonJS). */
const CURSOR = /* @__PURE__ */ Symbol.for('rxjs-http-streams.cursor');

/**
 * The way from a feed to its cursor. It brings along what a body needs for it, so that an application without a feed
 * has no code for feeds in its bodies.
 */
class CursorMark {
  readonly open: OpenCursor;

  constructor(open: OpenCursor) {
    this.open = open;
  }

  /** Opens the cursor for a body. */
  tap(outlet: TapOutlet, ends: TapEnds, values: Subscriber<unknown>, stallTimeout: number): CursorTap {
    return new CursorTap(this.open, outlet, ends, values, stallTimeout);
  }
}

/** Marks an Observable as the feed of one client. Operators behind it drop the mark. */
export const withCursor = <T extends object>(feed: T, open: OpenCursor): T =>
  Object.defineProperty(feed, CURSOR, { value: new CursorMark(open) });

/** Returns the mark of a feed, or `undefined` if the source is not a feed. */
export const cursorOf = (source: unknown): CursorMark | undefined =>
  (Object(source) as { readonly [CURSOR]?: CursorMark })[CURSOR];
