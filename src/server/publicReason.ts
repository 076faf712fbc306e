import { isStreamGapError } from '../errors';
import { report } from './report';

/** Text that clients see of a failure by default, because the message of an error may reveal internals. */
export const INTERNAL_ERROR = 'Internal error';

/** Text about a gap. It does not repeat the ID, which the client may have made up. */
const GAP = 'What follows the last event ID is no longer available';

/**
 * Returns the text about a failure that clients may see: the result of `mapError`, or `'Internal error'` if `mapError`
 * throws or returns anything but a string. Such a `mapError` must neither break the format nor hide the failure.
 *
 * Without `mapError`, the text for a `StreamGapError` names the gap. The gap is about the ID of this client, which
 * would otherwise retry with it in vain.
 */
export function publicReason(error: unknown, mapError: ((error: unknown) => string) | undefined): string {
  if (!mapError) return isStreamGapError(error) ? GAP : INTERNAL_ERROR;
  try {
    const reason: unknown = mapError(error);
    if (typeof reason === 'string') return reason;
    // The result of an asynchronous `mapError` comes too late. Its rejection, if not caught, would end the process.
    Promise.resolve(reason).catch(report);
  } catch (thrown) {
    report(thrown);
  }
  return INTERNAL_ERROR;
}
