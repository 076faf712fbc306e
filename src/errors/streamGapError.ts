import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

/**
 * The client asked to continue after a message that the server does not store any more or never stored (`resumable`),
 * or asked for such an answer (`durable`).
 */
export class StreamGapError extends HttpStreamError {
  declare readonly name: 'StreamGapError';
  /** The ID after which the client asked to continue. Empty if it asked for the beginning. */
  declare readonly lastEventId: string;
  /** The status of the response with `awaitFirst`: 410 Gone (RFC 9110 §15.5.11). It makes an `EventSource` give up. */
  declare readonly status: 410;

  constructor({
    lastEventId,
    message = `${lastEventId ? `What follows '${quoted(lastEventId)}'` : 'The beginning of the stream'} is not stored (any more)`,
  }: Pick<StreamGapError, 'lastEventId'> & Partial<Pick<StreamGapError, 'message'>>) {
    super('StreamGapError', message, { lastEventId, status: 410 });
  }
}

/** Whether a value is a {@link StreamGapError}, of any copy of this library. */
export const isStreamGapError = /* @__PURE__ */ guardFor<StreamGapError>('StreamGapError');
