import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

/** The server reported in the stream that the stream has failed. The reader does not reconnect after it. */
export class StreamServerError extends HttpStreamError {
  declare readonly name: 'StreamServerError';
  /** The text that the server discloses to its clients. */
  declare readonly reason: string;

  constructor(details: Pick<StreamServerError, 'reason'>) {
    super('StreamServerError', `The server failed: ${quoted(details.reason)}`, details);
  }
}

/** Whether a value is a {@link StreamServerError}, of any copy of this library. */
export const isStreamServerError = /* @__PURE__ */ guardFor<StreamServerError>('StreamServerError');
