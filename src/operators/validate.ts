import { from, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { StreamValidationError } from '../errors';
import type { ValidationIssue } from '../errors';

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

/** What a schema makes of a value, at once unless the schema itself is asynchronous. */
export function validate<T>(schema: StandardSchema<T>, value: unknown): Observable<T> {
  const result = schema['~standard'].validate(value);
  return ('then' in result ? from(result) : of(result)).pipe(
    map((validated) => {
      if (validated.issues) throw new StreamValidationError(validated.issues, value);
      return validated.value;
    }),
  );
}
