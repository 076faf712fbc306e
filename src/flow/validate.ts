import { from, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { StreamValidationError } from '../errors';
import type { ValidationIssue } from '../errors';
import { described, isObject } from '../options/rules';

type Validated<T> =
  { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly ValidationIssue[] };

/** A Standard Schema v1, such as a schema of zod, valibot or arktype. */
export interface StandardSchema<T> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Validated<T> | PromiseLike<Validated<T>>;
  };
}

/**
 * Validates a value by a schema. It gives the schema's output to `take`, or returns an Observable of the output if the
 * schema is asynchronous. Throws:
 *
 * - `StreamValidationError` if the value does not fit;
 * - `TypeError` if the result of the schema is not what Standard Schema prescribes.
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

const isPromiseLike = <T>(answer: T | PromiseLike<T>): answer is PromiseLike<T> =>
  isObject(answer) && 'then' in answer && typeof answer.then === 'function';

/** Returns the output in the result of a schema, which may be foreign code that does not keep to Standard Schema. */
function outputOf<T>(answer: Validated<T>, value: unknown): T {
  if (!isObject(answer)) {
    throw new TypeError(`schema: expected a result with a value or issues, got ${described(answer)}`);
  }
  const { issues } = answer;
  // Standard Schema has a list or `undefined`. Any other falsy value counts as `undefined`, too.
  if (!issues) {
    if ('value' in answer) return answer.value;
    throw new TypeError('schema: expected a result with a value or issues, got neither');
  }
  if (!Array.isArray(issues))
    throw new TypeError(`schema: expected a list of issues, got ${described(issues)}`);
  throw new StreamValidationError({ issues: issues as readonly ValidationIssue[], value });
}
