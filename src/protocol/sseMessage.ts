/** One message of an event stream, as it was dispatched (WHATWG HTML §9.2.6). */
export interface SseMessage {
  /** The value of `event:`, `'message'` without one. */
  readonly type: string;
  /** The `data:` lines, joined by line feeds. */
  readonly data: string;
  /** The last event ID in force, this message's own or an earlier one's; empty without any. */
  readonly id: string;
}

/** One message to send. */
export interface SseMessageInit {
  /**
   * A string goes as it is, over as many lines as it has; anything else goes as JSON. A message that has a `type` and
   * no `data` is sent with empty data; without either nothing is dispatched (WHATWG HTML §9.2.6).
   */
  readonly data?: unknown;
  /** `'message'` is the default of every client and is left out. */
  readonly type?: string | undefined;
  readonly id?: string | undefined;
  /** How long a client waits before it reconnects, in milliseconds. */
  readonly retry?: number | undefined;
  /** Seen by no client. */
  readonly comment?: string | undefined;
}

/** The names of the members of `T`, or of one of its union, that no message has. None are known of `any`. */
type ForeignMember<T> = 0 extends 1 & T
  ? never
  : T extends string | Uint8Array
    ? never
    : Exclude<keyof T, keyof SseMessageInit>;

/**
 * Refuses the type of an object with members that no message has, and says in the compiler's message how to send it: a
 * domain object that happens to have a `type` would lose the rest. Any other type has to be a `Message`.
 */
export type OnlyMessage<T, Message> = [ForeignMember<T>] extends [never]
  ? Message
  : 'event' extends ForeignMember<T>
    ? 'The member of a message that is sent as `event:` is `type`: { type, data }'
    : 'A message has data, type, id, retry and comment alone. Send an object by map((data) => ({ data }))';
