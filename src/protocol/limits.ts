/** The default of `maxLineLength` and `maxMessageLength`: 16 Mi UTF-16 code units. */
export const DEFAULT_MAX_LENGTH = 16 * 1024 * 1024;

/** The longest a timer can wait, in milliseconds: one more overflows 32 bits and fires at once. */
export const MAX_DELAY = 2 ** 31 - 1;

/** Throws a `TypeError` that names the option when a number is outside its bounds; `undefined` passes. */
export function checkNumber(option: string, value: number | undefined, min: number, max = Infinity): void {
  if (value !== undefined && !(typeof value === 'number' && value >= min && value <= max)) {
    throw new TypeError(`${option}: expected a number from ${min} to ${max}, got ${value}`);
  }
}

/** Throws a `TypeError` that names the option when a value is none of those that it may be. */
export function checkOneOf(option: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) {
    throw new TypeError(`${option}: expected ${allowed.join(' or ')}, got ${String(value)}`);
  }
}
