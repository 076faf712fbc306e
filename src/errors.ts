/** The errors of this library: one class for each cause, and a guard for each class. */

export { ContentTypeError, isContentTypeError } from './errors/contentTypeError';
export { HttpStatusError, isHttpStatusError } from './errors/httpStatusError';
export { HttpStreamError } from './errors/httpStreamError';
export { StreamGapError, isStreamGapError } from './errors/streamGapError';
export { StreamLimitError, isStreamLimitError } from './errors/streamLimitError';
export { StreamNetworkError, isStreamNetworkError } from './errors/streamNetworkError';
export { StreamOverflowError, isStreamOverflowError } from './errors/streamOverflowError';
export { StreamParseError, isStreamParseError } from './errors/streamParseError';
export { StreamServerError, isStreamServerError } from './errors/streamServerError';
export { StreamTimeoutError, isStreamTimeoutError } from './errors/streamTimeoutError';
export { StreamTruncatedError, isStreamTruncatedError } from './errors/streamTruncatedError';
export { StreamValidationError, isStreamValidationError } from './errors/streamValidationError';
export type { ValidationIssue } from './errors/streamValidationError';
export { isHttpStreamError } from './errors/isHttpStreamError';

// The other files quote foreign text with these in their own messages.
export { flat } from './errors/flat';
export { quoted } from './errors/quoted';
