import { brand } from './brand';
import type { ContentTypeError } from './contentTypeError';
import type { HttpStatusError } from './httpStatusError';
import type { StreamGapError } from './streamGapError';
import type { StreamLimitError } from './streamLimitError';
import type { StreamNetworkError } from './streamNetworkError';
import type { StreamOverflowError } from './streamOverflowError';
import type { StreamParseError } from './streamParseError';
import type { StreamServerError } from './streamServerError';
import type { StreamTimeoutError } from './streamTimeoutError';
import type { StreamTruncatedError } from './streamTruncatedError';
import type { StreamValidationError } from './streamValidationError';

/** Whether a value is an error of this library, of any copy. The compiler then narrows the error by its `name`. */
export const isHttpStreamError = (
  error: unknown,
): error is
  | ContentTypeError
  | HttpStatusError
  | StreamGapError
  | StreamLimitError
  | StreamNetworkError
  | StreamOverflowError
  | StreamParseError
  | StreamServerError
  | StreamTimeoutError
  | StreamTruncatedError
  | StreamValidationError => (error as { [brand]?: boolean } | null | undefined)?.[brand] === true;
