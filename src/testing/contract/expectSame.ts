import { quoted } from '../../errors';

/** Members of an object in one order: an engine may keep them in another one. */
const ordered = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const inWords = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value, ordered);

/**
 * Throws an `Error` in words unless a value is, as JSON, the one that was expected.
 *
 * @param what - Names the member of the log that has given the value, and what it was asked.
 */
export function expectSame(what: string, expected: unknown, actual: unknown): void {
  const [wanted, got] = [inWords(expected), inWords(actual)];
  if (wanted === got) return;
  // Long lists differ far from their start.
  let at = 0;
  while (wanted[at] === got[at]) at++;
  const part = (text: string): string => (at > 60 ? '…' : '') + quoted(text.slice(at > 60 ? at - 40 : 0));
  throw new Error(`${what}: expected ${part(wanted)}, got ${part(got)}`);
}
