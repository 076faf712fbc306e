import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';

/** The values that wait for a slow consumer or schema exceed the limit. The source has been unsubscribed. */
export class StreamOverflowError extends HttpStreamError {
  declare readonly name: 'StreamOverflowError';
  /** The option that sets the limit. Unset for the fixed limit of a response's body without back-pressure. */
  declare readonly option: 'maxBuffered' | 'maxBufferedBytes' | 'stallTimeout' | undefined;
  /** The limit: a number of values for `maxBuffered`, milliseconds for `stallTimeout`, and bytes otherwise. */
  declare readonly limit: number;
  /** The buffered amount: values for `maxBuffered`, and bytes otherwise. A character of text counts as one byte. */
  declare readonly size: number;

  constructor(details: Pick<StreamOverflowError, 'option' | 'limit' | 'size'>) {
    super(
      'StreamOverflowError',
      `The reader is too slow for ${details.option ?? 'a buffer of'} ${details.limit}, ${details.size} wait`,
      details,
    );
  }
}

/** Whether a value is a {@link StreamOverflowError}, of any copy of this library. */
export const isStreamOverflowError = /* @__PURE__ */ guardFor<StreamOverflowError>('StreamOverflowError');
