import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';

/** The connection could not be made, or broke while the body was under way; `cause` is what `fetch` said. */
export class StreamNetworkError extends HttpStreamError {
  declare readonly name: 'StreamNetworkError';
  /** `connect`: no response came. `body`: it broke off, and what had arrived was delivered. */
  declare readonly phase: 'connect' | 'body';

  constructor(details: Pick<StreamNetworkError, 'phase'> & { readonly cause?: unknown }) {
    super('StreamNetworkError', `The connection failed, phase: ${details.phase}`, details);
  }
}

/** Tells a {@link StreamNetworkError} from other values. */
export const isStreamNetworkError = /* @__PURE__ */ guardFor<StreamNetworkError>('StreamNetworkError');
