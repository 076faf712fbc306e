/**
 * Writes a value as JSON. Throws a `TypeError` if JSON cannot express the value: `undefined`, a function, a symbol, a
 * cycle or a BigInt.
 *
 * @param name - The name of the value in the message of the error.
 */
export function jsonText(name: string, value: unknown): string {
  let text: string | undefined;
  let cause: unknown;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    cause = error;
  }
  if (text === undefined) {
    throw new TypeError(`${name}: JSON cannot express it, map it to something that can be`, { cause });
  }
  return text;
}
