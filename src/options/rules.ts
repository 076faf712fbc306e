import { quoted } from '../errors';

/** One kind of value that an option may have. */
export interface Rule {
  /** The kind in words, as it stands in the message. */
  readonly expected: string;
  readonly allows: (value: unknown) => boolean;
}

/** The rules of the options of one function, by their names. */
export type Rules = Readonly<Record<string, Rule>>;

/**
 * Describes a value that was refused. It is shortened, and none of the application's code runs: a `toString` or a getter
 * may do or say anything.
 */
export function described(value: unknown): string {
  if (typeof value === 'string') return `'${quoted(value)}'`;
  if (Array.isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  return quoted(`${value as number}`);
}

/**
 * Throws a `TypeError` that names the first option whose value its rule refuses, the value and what was expected.
 * `undefined` is an option that was omitted.
 *
 * @param name - The parameter that holds the options.
 * @param prefix - Stands before the names of the options, where they are members of another option.
 */
export function checkOptions(name: string, options: unknown, rules: Rules, prefix = ''): void {
  check(name, options, anObject);
  for (const [option, rule] of Object.entries(rules)) {
    const value = (options as Record<string, unknown>)[option];
    if (value !== undefined) check(prefix + option, value, rule);
  }
}

/** Throws a `TypeError` that names a parameter when its rule refuses the value. */
export function check(name: string, value: unknown, { expected, allows }: Rule): void {
  if (!allows(value)) throw new TypeError(`${name}: expected ${expected}, got ${described(value)}`);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isFunction = (value: unknown): boolean => typeof value === 'function';
/** Whether a value can have members: asking anything else for one would throw, or find those of its wrapper. */
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

/** A whole number, or no limit at all where `max` is `Infinity`. */
export const aCount = (min: number, max = Infinity): Rule => ({
  expected: `a whole number from ${min} to ${max}`,
  allows: (value) =>
    typeof value === 'number' &&
    value >= min &&
    value <= max &&
    (Number.isSafeInteger(value) || value === Infinity),
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

/** A value of one of two types that the platform itself takes for something. */
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

export const having = (expected: string, ...members: readonly PropertyKey[]): Rule => ({
  expected,
  allows: (value) => hasMembers(value) && members.every((member) => member in value),
});
