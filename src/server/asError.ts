import { standIn } from '../flow/standIn';

/** Returns a reason as an `Error`, because servers hang when a stream errors with any other value. */
export const asError = (reason: unknown): Error =>
  reason instanceof Error
    ? reason
    : standIn('The stream was ended with a value that is not an Error', reason);
