import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';
import { quoted } from './quoted';

/**
 * A client asks to continue after a message that is no longer, or never was, held for it (`resumable`), or for an
 * answer of which that is true (`durable`).
 */
export class StreamGapError extends HttpStreamError {
  declare readonly name: 'StreamGapError';
  /** The id that it asked to continue after; empty if it asked for the beginning. */
  declare readonly lastEventId: string;
  /** Of the response that `awaitFirst` makes of it: gone (RFC 9110 §15.5.11), which ends an `EventSource`. */
  declare readonly status: 410;

  constructor({
    lastEventId,
    message = `${lastEventId ? `What follows '${quoted(lastEventId)}'` : 'The beginning of the stream'} is not held (any more)`,
  }: Pick<StreamGapError, 'lastEventId'> & Partial<Pick<StreamGapError, 'message'>>) {
    super('StreamGapError', message, { lastEventId, status: 410 });
  }
}

/** Tells a {@link StreamGapError} from other values. */
export const isStreamGapError = /* @__PURE__ */ guardFor<StreamGapError>('StreamGapError');
