import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';

/** The server was silent for longer than `connectTimeout` or `idleTimeout` allows. */
export class StreamTimeoutError extends HttpStreamError {
  declare readonly name: 'StreamTimeoutError';
  /** The limit that passed without a byte, in milliseconds; unset if the other one passed. */
  declare readonly idleTimeout?: number | undefined;
  /** The limit that passed without a response, in milliseconds; unset if the other one passed. */
  declare readonly connectTimeout?: number | undefined;

  constructor(details: { readonly idleTimeout: number } | { readonly connectTimeout: number }) {
    super(
      'StreamTimeoutError',
      `No ${'idleTimeout' in details ? 'byte' : 'response'} came for ${Object.values(details)[0]} ms`,
      details,
    );
  }
}

/** Tells a {@link StreamTimeoutError} from other values. */
export const isStreamTimeoutError = /* @__PURE__ */ guardFor<StreamTimeoutError>('StreamTimeoutError');
