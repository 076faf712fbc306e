/**
 * A message of an event stream (WHATWG HTML §9.2.6).
 *
 * @see {@link SseMessageInit} for a message to send.
 */
export interface SseMessage {
  /** The value of the `event` field, or `'message'` if the message has none. */
  readonly type: string;
  /** The values of the `data` fields, joined by line feeds. */
  readonly data: string;
  /** The last event ID: the message's own, or that of an earlier message. It is empty before the first ID. */
  readonly id: string;
}

/**
 * A message to send in an event stream.
 *
 * @see {@link SseMessage} for a message that was received.
 */
export interface SseMessageInit {
  /**
   * The data of the message. A string is sent as it is, one field for each of its lines. Any other value is sent as
   * JSON. A message with a `type` and without `data` is sent with empty data. Clients ignore a message that has neither
   * (WHATWG HTML §9.2.6).
   */
  readonly data?: unknown;
  /**
   * The name of the event that clients dispatch.
   *
   * @defaultValue `'message'`
   */
  readonly type?: string | undefined;
  /** The last event ID, which a client sends back when it reconnects. */
  readonly id?: string | undefined;
  /** Time that a client waits before it reconnects, in milliseconds. */
  readonly retry?: number | undefined;
  /** Text that clients ignore, for people who read the response. */
  readonly comment?: string | undefined;
}

/** The names of the members of `T`, or of a member of its union, that a message does not have; `never` for `any`. */
type ForeignMember<T> = 0 extends 1 & T
  ? never
  : T extends string | Uint8Array
    ? never
    : Exclude<keyof T, keyof SseMessageInit>;

/**
 * Refuses the type of an object with members that a message does not have. The compiler's message then tells how to
 * send the object. Without this check a domain object that happens to have a `type` would be sent without its other
 * members. Any other type has to be a `Message`.
 */
export type OnlyMessage<T, Message> = [ForeignMember<T>] extends [never]
  ? Message
  : 'event' extends ForeignMember<T>
    ? 'The member of a message that is sent as `event:` is `type`: { type, data }'
    : 'A message has data, type, id, retry and comment alone. Send an object by map((data) => ({ data }))';
