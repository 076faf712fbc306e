import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';

/** The server sent nothing for longer than `connectTimeout` or `idleTimeout`. */
export class StreamTimeoutError extends HttpStreamError {
  declare readonly name: 'StreamTimeoutError';
  /** The time that passed without a byte, in milliseconds. Unset if `connectTimeout` passed. */
  declare readonly idleTimeout?: number | undefined;
  /** The time that passed without a response, in milliseconds. Unset if `idleTimeout` passed. */
  declare readonly connectTimeout?: number | undefined;

  constructor(details: { readonly idleTimeout: number } | { readonly connectTimeout: number }) {
    super(
      'StreamTimeoutError',
      `No ${'idleTimeout' in details ? 'byte' : 'response'} came for ${Object.values(details)[0]} ms`,
      details,
    );
  }
}

/** Whether a value is a {@link StreamTimeoutError}, of any copy of this library. */
export const isStreamTimeoutError = /* @__PURE__ */ guardFor<StreamTimeoutError>('StreamTimeoutError');
