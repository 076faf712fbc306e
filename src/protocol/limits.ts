/*
 * Literals, because esbuild keeps a computed constant such as `2 ** 31 - 1` in applications that do not use it.
 */

/**
 * The default of `maxLineLength`, `maxMessageLength`, `maxValueLength` and `maxBufferedBytes`: 16 Mi UTF-16 code units.
 */
export const DEFAULT_MAX_LENGTH = 16_777_216;

/** The longest delay of a timer, in milliseconds. A longer delay overflows 32 bits, and the timer fires at once. */
export const MAX_DELAY = 2_147_483_647;

/** The longest last event ID that a request carries, in bytes of UTF-8. Usual servers refuse any longer header. */
export const MAX_EVENT_ID = 65_536;

/** Size at which a chunk of a body is full, in bytes. The frame that reaches it is the last one of the chunk. */
export const CHUNK = 65_536;
