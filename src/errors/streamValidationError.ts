import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

/** A complaint of a schema about one place in a value (Standard Schema v1). */
export interface ValidationIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A value is valid JSON, but the schema refused it. */
export class StreamValidationError extends HttpStreamError {
  declare readonly name: 'StreamValidationError';
  declare readonly issues: readonly ValidationIssue[];
  /** The parsed value. */
  declare readonly value: unknown;

  constructor(details: Pick<StreamValidationError, 'issues' | 'value'>) {
    // A schema may return issues of any shape. Only a string is quoted: converting other values could run foreign code.
    const issues = details.issues as readonly Partial<ValidationIssue | null>[] | null | undefined;
    const message = issues?.[0]?.message;
    super(
      'StreamValidationError',
      `A value does not fit the schema: ${typeof message === 'string' ? quoted(message) : 'it does not say why'}`,
      details,
    );
  }
}

/** Whether a value is a {@link StreamValidationError}, of any copy of this library. */
export const isStreamValidationError =
  /* @__PURE__ */ guardFor<StreamValidationError>('StreamValidationError');
