import { isStreamGapError } from '../errors';
import { report } from './report';

/** No message of an error is meant for the public. */
export const INTERNAL_ERROR = 'Internal error';

/** The id itself is not told back: whoever asks may have made up anything. */
const GAP = 'What follows the last event ID is not held any more';

/**
 * Words a failure for the public, as the application maps it. A mapping that throws, or gives anything but text,
 * tells the public nothing: it must neither break the format nor hide the failure that it was asked about. Without a
 * mapping a client is told of a gap: that is about its own id, and it has to know that it asks in vain.
 */
export function publicReason(error: unknown, mapError: ((error: unknown) => string) | undefined): string {
  if (!mapError) return isStreamGapError(error) ? GAP : INTERNAL_ERROR;
  try {
    const reason: unknown = mapError(error);
    if (typeof reason === 'string') return reason;
    // An asynchronous one comes too late, and its rejection would end the process.
    Promise.resolve(reason).catch(report);
  } catch (thrown) {
    report(thrown);
  }
  return INTERNAL_ERROR;
}
