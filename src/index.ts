/* The public API, in the order in which data flows. */

// A response as an Observable.
export { fromChunkedFetch } from './client/fromChunkedFetch';
export type { ChunkTypes, ChunkedFetchInit } from './client/fromChunkedFetch';
export { fromNdjsonFetch } from './client/fromNdjsonFetch';
export type { NdjsonFetchInit } from './client/fromNdjsonFetch';
export { fromEventSource } from './client/fromEventSource';
export type { EventSourceFetchInit } from './client/eventSourceFetchInit';
export type { ReconnectConfig } from './client/reconnectConfig';
export type { LifecycleEvent, LifecycleInit } from './client/lifecycle';
export type {
  ProjectInit,
  StreamAttempt,
  StreamFetch,
  StreamInit,
  StreamInput,
  StreamRequestInit,
  StreamResponse,
} from './client/streamInit';

// Bytes to text to lines to values and messages.
export { decodeText } from './operators/decodeText';
export type { DecodeTextConfig } from './operators/decodeText';
export { splitLines } from './operators/splitLines';
export type { SplitLinesConfig } from './operators/splitLines';
export { splitJson } from './operators/splitJson';
export type { SplitJsonConfig } from './operators/splitJson';
export { parseJson } from './operators/parseJson';
export type { ParseJsonConfig } from './operators/parseJson';
export { parseNdjson } from './operators/parseNdjson';
export type { ParseNdjsonConfig } from './operators/parseNdjson';
export type { JsonParser, NdjsonConfig } from './operators/ndjsonConfig';
export type { HeldConfig } from './flow/heldConfig';
export { parseSse } from './operators/parseSse';
export type { ParseSseConfig } from './operators/parseSse';
export type { SseMessage } from './protocol/sseMessage';
export { parseMessages } from './operators/parseMessages';
export type {
  MessageParser,
  MessageParsers,
  ParseMessagesConfig,
  TypedMessage,
} from './operators/parseMessages';
export { endOn } from './operators/endOn';
export type { EndOnConfig } from './operators/endOn';
export { typed } from './operators/typed';
export type { StandardSchema } from './flow/validate';

// Values and messages to text to bytes.
export { formatNdjson } from './operators/formatNdjson';
export { formatSse } from './operators/formatSse';
export type { SseMessageInit } from './protocol/sseMessage';
export { encodeText } from './operators/encodeText';

export { keepAlive } from './operators/keepAlive';

// An Observable as a body and as a Response.
export { toChunkedBody } from './server/toChunkedBody';
export type { ChunkedBodyOptions } from './server/toChunkedBody';
export { toNdjsonBody } from './server/toNdjsonBody';
export type { NdjsonBodyOptions } from './server/toNdjsonBody';
export { toSseBody } from './server/toSseBody';
export type { SseBodyOptions, SseBodyValue, SseMessageOf } from './server/toSseBody';
export { toChunkedResponse } from './server/toChunkedResponse';
export type { ChunkedResponseInit } from './server/toChunkedResponse';
export { toNdjsonResponse } from './server/toNdjsonResponse';
export type { NdjsonResponseInit } from './server/toNdjsonResponse';
export { toSseResponse } from './server/toSseResponse';
export type { SseResponseInit } from './server/toSseResponse';
export type { BodyEnd, BodyOptions, BodySource } from './server/bodyOptions';
export type { Overflow } from './server/overflow';
export type { BodyResponseInit } from './server/streamResponse';
export { sseStop } from './server/sseStop';

// One stream of messages for many clients.
export { resumable } from './feed/resumable';
export type { ResumableConfig } from './feed/resumable';
export { memoryLog } from './feed/memoryLog';
export type { MemoryLogConfig } from './feed/memoryLog';
export { appendTo } from './feed/appendTo';
export type { AppendToConfig } from './feed/appendTo';
export type { LogEnd, LogPage, MessageLog } from './feed/log';

// Streams that go on after their requests have ended.
export { durable } from './feed/durable';
export type { Durable } from './feed/durable';
export { memoryLogs } from './feed/memoryLogs';
export type { MemoryLogsConfig } from './feed/memoryLogs';
export type { LogClaim, MessageLogs } from './feed/logs';

// A stream for code without RxJS.
export { toAsyncIterable } from './adapters/toAsyncIterable';
export type { AsyncIterableConfig } from './adapters/toAsyncIterable';
export { toNativeObservable } from './adapters/toNativeObservable';
export type { NativeObservable, NativeObserver, StreamSource } from './flow/observed';
export { toEventTarget } from './adapters/toEventTarget';
export type {
  EventTargetConfig,
  EventTargetMessage,
  StreamErrorEvent,
  StreamEventTarget,
} from './adapters/toEventTarget';

// Errors.
export {
  ContentTypeError,
  HttpStatusError,
  HttpStreamError,
  StreamGapError,
  StreamLimitError,
  StreamNetworkError,
  StreamOverflowError,
  StreamParseError,
  StreamServerError,
  StreamTimeoutError,
  StreamTruncatedError,
  StreamValidationError,
  isContentTypeError,
  isHttpStatusError,
  isHttpStreamError,
  isStreamGapError,
  isStreamLimitError,
  isStreamNetworkError,
  isStreamOverflowError,
  isStreamParseError,
  isStreamServerError,
  isStreamTimeoutError,
  isStreamTruncatedError,
  isStreamValidationError,
} from './errors';
export type { ValidationIssue } from './errors';
