import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';

/** The body ended without a network error, but before the point at which its format is complete. */
export class StreamTruncatedError extends HttpStreamError {
  declare readonly name: 'StreamTruncatedError';
  /** The received text of the unfinished part. Empty if only an end marker is missing. */
  declare readonly pending: string;

  /** @param details - `missing` names the part that the stream ended without, for the message. */
  constructor({
    missing,
    pending = '',
    cause,
  }: { readonly missing: string } & Partial<Pick<StreamTruncatedError, 'pending'>> & {
      readonly cause?: unknown;
    }) {
    super('StreamTruncatedError', `The stream ended without ${missing}`, { pending, cause });
  }
}

/** Whether a value is a {@link StreamTruncatedError}, of any copy of this library. */
export const isStreamTruncatedError = /* @__PURE__ */ guardFor<StreamTruncatedError>('StreamTruncatedError');
