/**
 * A value as JSON. Throws a `TypeError` that names it where JSON cannot express it: `undefined`, a function, a
 * symbol, a cycle or a BigInt.
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
