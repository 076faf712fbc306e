import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

/** What a schema said of one place in a value (Standard Schema v1). */
export interface ValidationIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A value is JSON, but not what the schema asks for. */
export class StreamValidationError extends HttpStreamError {
  declare readonly name: 'StreamValidationError';
  declare readonly issues: readonly ValidationIssue[];
  /** The value as it was parsed. */
  declare readonly value: unknown;

  constructor(details: Pick<StreamValidationError, 'issues' | 'value'>) {
    // A schema may say anything, and only text is not to be made text first.
    const issues = details.issues as readonly Partial<ValidationIssue | null>[] | null | undefined;
    const message = issues?.[0]?.message;
    super(
      'StreamValidationError',
      `A value does not fit the schema: ${typeof message === 'string' ? quoted(message) : 'it does not say why'}`,
      details,
    );
  }
}

/** Tells a {@link StreamValidationError} from other values. */
export const isStreamValidationError =
  /* @__PURE__ */ guardFor<StreamValidationError>('StreamValidationError');
