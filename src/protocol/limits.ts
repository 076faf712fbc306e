/** The default of `maxLineLength` and `maxMessageLength`: 16 Mi UTF-16 code units. */
export const DEFAULT_MAX_LENGTH = 16 * 1024 * 1024;

/** The longest a timer can wait, in milliseconds: one more overflows 32 bits and fires at once. */
export const MAX_DELAY = 2 ** 31 - 1;
