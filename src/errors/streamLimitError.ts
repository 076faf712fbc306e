import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';

/** One line, message or value is longer than its limit. The values before it have been delivered. */
export class StreamLimitError extends HttpStreamError {
  declare readonly name: 'StreamLimitError';
  /** The option that sets the limit. */
  declare readonly option: 'maxLineLength' | 'maxMessageLength' | 'maxValueLength';
  /** The limit, in UTF-16 code units. */
  declare readonly limit: number;
  /** The length that had arrived when the limit was exceeded, in UTF-16 code units. */
  declare readonly size: number;

  constructor(details: Pick<StreamLimitError, 'option' | 'limit' | 'size'>) {
    super(
      'StreamLimitError',
      `Expected ${details.option} ${details.limit}, got ${details.size} characters`,
      details,
    );
  }
}

/** Whether a value is a {@link StreamLimitError}, of any copy of this library. */
export const isStreamLimitError = /* @__PURE__ */ guardFor<StreamLimitError>('StreamLimitError');
