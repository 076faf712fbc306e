import { guardFor } from './guardFor';
import { HttpStreamError } from './httpStreamError';

/** More waits for a slow reader or schema than may wait; the source was unsubscribed. */
export class StreamOverflowError extends HttpStreamError {
  declare readonly name: 'StreamOverflowError';
  /** The option that sets the limit; unset for the body of a response that cannot be held back, whose limit is fixed. */
  declare readonly option: 'maxBuffered' | 'maxBufferedBytes' | 'stallTimeout' | undefined;
  /** What may wait: values for `maxBuffered`, milliseconds for `stallTimeout`, else bytes. */
  declare readonly limit: number;
  /** How much was waiting: values for `maxBuffered`, else bytes, of which a character of text counts as one. */
  declare readonly size: number;

  constructor(details: Pick<StreamOverflowError, 'option' | 'limit' | 'size'>) {
    super(
      'StreamOverflowError',
      `The reader is too slow for ${details.option ?? 'a buffer of'} ${details.limit}, ${details.size} wait`,
      details,
    );
  }
}

/** Tells a {@link StreamOverflowError} from other values. */
export const isStreamOverflowError = /* @__PURE__ */ guardFor<StreamOverflowError>('StreamOverflowError');
