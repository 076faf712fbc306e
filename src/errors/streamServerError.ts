import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

/** The server itself said that the stream failed: it is over, and asking again would not be a reconnection. */
export class StreamServerError extends HttpStreamError {
  declare readonly name: 'StreamServerError';
  /** What the server lets the public know. */
  declare readonly reason: string;

  constructor(details: Pick<StreamServerError, 'reason'>) {
    super('StreamServerError', `The server failed: ${quoted(details.reason)}`, details);
  }
}

/** Tells a {@link StreamServerError} from other values. */
export const isStreamServerError = /* @__PURE__ */ guardFor<StreamServerError>('StreamServerError');
