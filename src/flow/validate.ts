import { from, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { StreamValidationError } from '../errors';
import type { ValidationIssue } from '../errors';
import { described } from '../options/rules';

type Validated<T> =
  { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly ValidationIssue[] };

/** A Standard Schema v1, as zod, valibot, arktype and others give it. */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Validated<T> | PromiseLike<Validated<T>>;
  };
}

/**
 * Asks a schema about a value: gives its output to `take` at once, or returns an Observable of it where the schema is
 * asynchronous. Throws `StreamValidationError`, or a `TypeError` that names `schema` where the answer is not one.
 */
export function validate<T>(
  schema: StandardSchema<T>,
  value: unknown,
  take: (output: T) => void,
): Observable<T> | undefined {
  const answer = schema['~standard'].validate(value);
  if (isPromiseLike(answer)) return from(answer).pipe(map((late) => outputOf(late, value)));
  take(outputOf(answer, value));
  return undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isPromiseLike = <T>(answer: T | PromiseLike<T>): answer is PromiseLike<T> =>
  isObject(answer) && 'then' in answer && typeof answer.then === 'function';

/** The output in the answer of a schema, of which nothing is taken for granted. */
function outputOf<T>(answer: Validated<T>, value: unknown): T {
  if (!isObject(answer)) {
    throw new TypeError(`schema: expected a result with a value or issues, got ${described(answer)}`);
  }
  const { issues } = answer;
  // Standard Schema has a list or nothing; a falsy one has always been none.
  if (!issues) {
    if ('value' in answer) return answer.value;
    throw new TypeError('schema: expected a result with a value or issues, got neither');
  }
  if (!Array.isArray(issues))
    throw new TypeError(`schema: expected a list of issues, got ${described(issues)}`);
  throw new StreamValidationError({ issues: issues as readonly ValidationIssue[], value });
}
