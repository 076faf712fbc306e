import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';

/** The connection could not be made, or broke during the body. `cause` is the error of `fetch`. */
export class StreamNetworkError extends HttpStreamError {
  declare readonly name: 'StreamNetworkError';
  /** `connect`: no response came. `body`: the body broke off, and the values before the break have been delivered. */
  declare readonly phase: 'connect' | 'body';

  constructor(details: Pick<StreamNetworkError, 'phase'> & { readonly cause?: unknown }) {
    super('StreamNetworkError', `The connection failed, phase: ${details.phase}`, details);
  }
}

/** Whether a value is a {@link StreamNetworkError}, of any copy of this library. */
export const isStreamNetworkError = /* @__PURE__ */ guardFor<StreamNetworkError>('StreamNetworkError');
