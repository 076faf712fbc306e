import { quoted } from '../errors';

/** A kind of value that an option accepts. */
export interface Rule {
  /** Names the kind in the message of the `TypeError`. */
  readonly expected: string;
  readonly allows: (value: unknown) => boolean;
}

/** The rules of the options of one function, by the names of the options. */
export type Rules = Readonly<Record<string, Rule>>;

/**
 * Describes a refused value for an error message, within about a hundred characters. It runs no code of the
 * application: a `toString` or a getter could throw, or return a text of any length.
 */
export function described(value: unknown): string {
  if (typeof value === 'string') return `'${quoted(value)}'`;
  if (Array.isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  return quoted(`${value as number}`);
}

/**
 * Throws a `TypeError` for the first option whose rule refuses its value. The message names the option, the expected
 * kind and the value. An option that is `undefined` counts as omitted.
 *
 * @param name - The name of the parameter that carries the options.
 * @param prefix - Precedes the name of each option in the message, such as `reconnect.` for the members of `reconnect`.
 */
export function checkOptions(name: string, options: unknown, rules: Rules, prefix = ''): void {
  check(name, options, anObject);
  for (const [option, rule] of Object.entries(rules)) {
    const value = (options as Record<string, unknown>)[option];
    if (value !== undefined) check(prefix + option, value, rule);
  }
}

/** Throws a `TypeError` that names the parameter if the rule refuses its value. */
export function check(name: string, value: unknown, { expected, allows }: Rule): void {
  if (!allows(value)) throw new TypeError(`${name}: expected ${expected}, got ${described(value)}`);
}

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isFunction = (value: unknown): boolean => typeof value === 'function';
/** Whether a value can have members of its own. `in` throws for a primitive, and `Object(value)` has its wrapper's. */
const hasMembers = (value: unknown): value is object => isObject(value) || isFunction(value);

export const anObject: Rule = { expected: 'an object', allows: isObject };
export const aFunction: Rule = { expected: 'a function', allows: isFunction };
export const aString: Rule = { expected: 'a string', allows: (value) => typeof value === 'string' };
export const aBoolean: Rule = { expected: 'true or false', allows: (value) => typeof value === 'boolean' };
export const nothing: Rule = { expected: 'null', allows: (value) => value === null };

export const aNumber = (min: number, max = Infinity): Rule => ({
  expected: `a number from ${min} to ${max}`,
  allows: (value) => typeof value === 'number' && value >= min && value <= max,
});

/** Accepts a whole number, and `Infinity` if `max` is `Infinity`: the option then has no limit. */
export const aCount = (min: number, max = Infinity): Rule => ({
  expected: `a whole number from ${min} to ${max}`,
  allows: (value) => aNumber(min, max).allows(value) && (Number.isSafeInteger(value) || value === Infinity),
});

export const oneOf = (...allowed: readonly string[]): Rule => ({
  expected: allowed.map((value) => `'${value}'`).join(' or '),
  allows: (value) => allowed.includes(value as string),
});

export const either = (...rules: readonly Rule[]): Rule => ({
  expected: rules.map(({ expected }) => expected).join(' or '),
  allows: (value) => rules.some(({ allows }) => allows(value)),
});

export const listOf = (expected: string, { allows }: Rule): Rule => ({
  expected: `a list of ${expected}`,
  allows: (value) => Array.isArray(value) && value.length > 0 && value.every(allows),
});

/**
 * Accepts a value that the platform accepts.
 *
 * @param type - The type that the value must have, because the platform converts a value of any other type to text.
 * @param by - Gives the value to the platform, which throws if it refuses the value.
 */
export const accepted = (
  expected: string,
  type: 'string' | 'object',
  by: (value: never) => unknown,
): Rule => ({
  expected,
  allows: (value) => {
    if (typeof value !== type) return false;
    try {
      by(value as never);
      return true;
    } catch {
      return false;
    }
  },
});

/** Accepts an object or a function that has all of `members`, whatever realm or copy of a library it comes from. */
export const having = (expected: string, ...members: readonly PropertyKey[]): Rule => ({
  expected,
  allows: (value) => hasMembers(value) && members.every((member) => member in value),
});
