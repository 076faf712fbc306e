import { ARRAY, ARRAY_END, COMMA } from './jsonCharacters';

/** Tokens that may come next between values, as the message of an error names them. */
export type Expected = 'an array' | "a JSON value or ']'" | 'a JSON value' | "',' or ']'" | 'nothing more';

/**
 * Returns the tokens that may follow a bracket or comma of an array, or `undefined` for a character that is neither or
 * that may not stand here.
 *
 * @param expected - The tokens that may come here.
 */
export function afterToken(code: number, expected: Expected): Expected | undefined {
  if (code === ARRAY && expected === 'an array') return "a JSON value or ']'";
  if (code === COMMA && expected === "',' or ']'") return 'a JSON value';
  if (code === ARRAY_END && expected.endsWith("']'")) return 'nothing more';
  return undefined;
}
