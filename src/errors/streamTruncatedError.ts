import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';

/** The stream ended cleanly on the wire, but not where its format says that it is whole. */
export class StreamTruncatedError extends HttpStreamError {
  declare readonly name: 'StreamTruncatedError';
  /** What had arrived of the unfinished part; empty when an end marker never came. */
  declare readonly pending: string;

  /** @param details - `missing` is, in words, what the stream ended without. */
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

/** Tells a {@link StreamTruncatedError} from other values. */
export const isStreamTruncatedError = /* @__PURE__ */ guardFor<StreamTruncatedError>('StreamTruncatedError');
