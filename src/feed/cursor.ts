import type { LogEnd } from './log';

/**
 * The position of one client in a feed. It holds no messages: a body takes from it as much as its client reads, and a
 * client that does not read costs a position.
 */
export interface Cursor {
  /**
   * Takes what comes next, as whole blocks of an event stream: at least one, and none beyond the first that reaches the
   * limit. The bytes are shared with other clients, and must not be detached. Gives `undefined` when there is nothing
   * now: then either `end` is set, or `wake` is called once, later.
   *
   * @param limit - In bytes.
   */
  readonly take: (limit: number) => Uint8Array | undefined;
  /** Number of messages that were taken. */
  readonly taken: number;
  /** The end of the feed, once everything before it was taken. */
  readonly end: LogEnd | undefined;
  /** Whether the feed was over before the client came. */
  readonly wasOver: boolean;
  /** Whether the client is known to go on from where it is, in a feed that has had a message. */
  readonly isPlaced: boolean;
  /** Whether there is something to take, as far as is known now. */
  readonly isBehind: boolean;
  /** Gives the position up; `wake` is not called any more. */
  readonly close: () => void;
}

/** Somebody who takes from a cursor. An object and not a function, which each idle client would have for itself. */
export interface Waker {
  /** Is called when there may be something to take again, or the end. Must not throw. */
  wake(): void;
}

/** Opens a cursor. */
export type OpenCursor = (waker: Waker) => Cursor;

/** By a symbol of all realms, because an application may have two copies of this module (ESM and CommonJS). */
const CURSOR = /* @__PURE__ */ Symbol.for('rxjs-http-streams.cursor');

/** Marks an Observable as the feed of one client. Operators behind it lose the mark. */
export const withCursor = <T extends object>(feed: T, open: OpenCursor): T =>
  Object.defineProperty(feed, CURSOR, { value: open });

/** Finds the function that opens the cursor of a feed, if the source is one. */
export const cursorOf = (source: unknown): OpenCursor | undefined =>
  (Object(source) as { readonly [CURSOR]?: OpenCursor })[CURSOR];
