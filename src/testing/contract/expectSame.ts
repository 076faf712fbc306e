import { quoted } from '../../errors';

/** Sorts the members of an object, because an engine may store them in another order. */
const ordered = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const inWords = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value, ordered);

/**
 * Throws an `Error` that names both values unless they are the same as JSON.
 *
 * @param what - The value in words: the call of the log that returned it, and the part that is compared.
 */
export function expectSame(what: string, expected: unknown, actual: unknown): void {
  const [wanted, got] = [inWords(expected), inWords(actual)];
  if (wanted === got) return;
  // Long values may differ far from their start, so that the message quotes them from shortly before the difference.
  let at = 0;
  while (wanted[at] === got[at]) at++;
  const part = (text: string): string => (at > 60 ? '…' : '') + quoted(text.slice(at > 60 ? at - 40 : 0));
  throw new Error(`${what}: expected ${part(wanted)}, got ${part(got)}`);
}
