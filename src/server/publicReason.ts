/** No message of an error is meant for the public. */
export const INTERNAL_ERROR = 'Internal error';

/**
 * Words a failure for the public, as the application maps it. A mapping that throws, or gives anything but text, tells the
 * public nothing: it must neither break the format nor hide the failure that it was asked about.
 */
export function publicReason(error: unknown, mapError: ((error: unknown) => string) | undefined): string {
  try {
    const reason: unknown = mapError?.(error);
    return typeof reason === 'string' ? reason : INTERNAL_ERROR;
  } catch {
    return INTERNAL_ERROR;
  }
}
