/**
 * The default of `maxLineLength`, `maxMessageLength`, `maxValueLength` and `maxBufferedBytes`: 16 Mi UTF-16 code units.
 */
export const DEFAULT_MAX_LENGTH = 16 * 1024 * 1024;

/** The longest delay of a timer, in milliseconds. A longer delay overflows 32 bits, and the timer fires at once. */
export const MAX_DELAY = 2 ** 31 - 1;

/** The longest last event ID that a request carries, in bytes of UTF-8. Usual servers refuse any longer header. */
export const MAX_EVENT_ID = 65_536;
