/** Returns a reason as an `Error`, because servers hang when a stream errors with any other value. */
export const asError = (reason: unknown): Error =>
  reason instanceof Error
    ? reason
    : new Error('The stream was ended with a value that is not an Error', { cause: reason });
