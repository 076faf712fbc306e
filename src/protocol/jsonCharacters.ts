export const LF = 0x0a;
export const RECORD_SEPARATOR = 0x1e;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const ARRAY_END = 0x5d;
export const OBJECT = 0x7b;
export const OBJECT_END = 0x7d;

/** Whether a character is white space (RFC 8259 §2), or a byte order mark, which joined files leave between values. */
export const isSpace = (code: number): boolean =>
  code === 0x20 || code === LF || code === 0x0d || code === 0x09 || code === 0xfeff;

/** Whether a character begins a number or a literal: a digit, a minus, or the letter of `true`, `false` or `null`. */
export const isScalar = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x66 || code === 0x6e || code === 0x74;

/** Whether a character ends a number or a literal: white space, a bracket, quote, comma, colon or record separator. */
export const isDelimiter = (code: number): boolean =>
  isSpace(code) ||
  code === COMMA ||
  code === ARRAY ||
  code === ARRAY_END ||
  code === OBJECT ||
  code === OBJECT_END ||
  code === QUOTE ||
  code === 0x3a ||
  code === RECORD_SEPARATOR;
