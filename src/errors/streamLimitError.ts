import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';

/** One line, message or value outgrew its limit; what came before it was delivered. */
export class StreamLimitError extends HttpStreamError {
  declare readonly name: 'StreamLimitError';
  /** The option that sets the limit. */
  declare readonly option: 'maxLineLength' | 'maxMessageLength' | 'maxValueLength';
  /** The limit, in UTF-16 code units. */
  declare readonly limit: number;
  /** How much had arrived when it was noticed, in UTF-16 code units. */
  declare readonly size: number;

  constructor(details: Pick<StreamLimitError, 'option' | 'limit' | 'size'>) {
    super(
      'StreamLimitError',
      `Expected ${details.option} ${details.limit}, got ${details.size} characters`,
      details,
    );
  }
}

/** Tells a {@link StreamLimitError} from other values. */
export const isStreamLimitError = /* @__PURE__ */ guardFor<StreamLimitError>('StreamLimitError');
