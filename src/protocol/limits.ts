/** The default of `maxLineLength` and `maxMessageLength`: 16 Mi UTF-16 code units. */
export const DEFAULT_MAX_LENGTH = 16 * 1024 * 1024;

/** The longest a timer can wait, in milliseconds: one more overflows 32 bits and fires at once. */
export const MAX_DELAY = 2 ** 31 - 1;

/** The longest last event ID that a request carries, in bytes of UTF-8: the longest header that any usual server takes. */
export const MAX_EVENT_ID = 65_536;
