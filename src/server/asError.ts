/** Makes an `Error` of any reason: servers hang on a stream that was ended with another value. */
export const asError = (reason: unknown): Error =>
  reason instanceof Error
    ? reason
    : new Error('The stream was ended with a value that is not an Error', { cause: reason });
