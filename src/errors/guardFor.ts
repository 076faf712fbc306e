import type { HttpStreamError } from './httpStreamError';
import { isHttpStreamError } from './isHttpStreamError';

/** Makes the guard of one class of errors. It also accepts the errors of another copy of this library. */
export const guardFor =
  <E extends HttpStreamError>(name: E['name']) =>
  (error: unknown): error is E =>
    isHttpStreamError(error) && error.name === name;
