/** The public surface, in the order data flows. */

// A response as an Observable.
export { fromChunkedFetch } from './client/fromChunkedFetch';
export type { ChunkTypes, ChunkedFetchInit } from './client/fromChunkedFetch';
export { fromNdjsonFetch } from './client/fromNdjsonFetch';
export type { NdjsonFetchInit } from './client/fromNdjsonFetch';
export { fromEventSource } from './client/fromEventSource';
export type { EventSourceInit } from './client/fromEventSource';
export type { ReconnectConfig } from './client/reconnecting';
export type {
  LifecycleEvent,
  LifecycleInit,
  ProjectInit,
  StreamAttempt,
  StreamFetch,
  StreamInit,
  StreamInput,
  StreamResponse,
} from './client/streamInit';

// Bytes to text to lines to values and messages.
export { decodeText } from './operators/decodeText';
export type { DecodeTextConfig } from './operators/decodeText';
export { splitLines } from './operators/splitLines';
export type { SplitLinesConfig } from './operators/splitLines';
export { parseJson } from './operators/parseJson';
export type { ParseJsonConfig } from './operators/parseJson';
export { parseNdjson } from './operators/parseNdjson';
export type { NdjsonConfig } from './operators/ndjsonStages';
export { parseSse } from './operators/parseSse';
export type { ParseSseConfig } from './operators/parseSse';
export type { SseMessage } from './protocol/sse';
export { endOn } from './operators/endOn';
export type { StandardSchema } from './operators/validate';

// And back.
export { formatNdjson } from './operators/formatNdjson';
export { formatSse } from './operators/formatSse';
export type { SseMessageInit } from './protocol/sse';
export { encodeText } from './operators/encodeText';

// What can go wrong.
export {
  ContentTypeError,
  HttpStatusError,
  HttpStreamError,
  StreamLimitError,
  StreamNetworkError,
  StreamParseError,
  StreamTimeoutError,
  StreamTruncatedError,
  StreamValidationError,
  isContentTypeError,
  isHttpStatusError,
  isHttpStreamError,
  isStreamLimitError,
  isStreamNetworkError,
  isStreamParseError,
  isStreamTimeoutError,
  isStreamTruncatedError,
  isStreamValidationError,
} from './errors';
export type { ValidationIssue } from './errors';
