/** Connects the readers to an Angular application: by its interceptors, and by resources. */

export { isHttpStream } from './angular/isHttpStream';
export { HTTP_STREAM_FETCH, provideHttpStreams } from './angular/provideHttpStreams';
export { eventSourceResource } from './angular/eventSourceResource';
export type { EventSourceResourceRequest, NotParsed, ParsedBy } from './angular/eventSourceResource';
export type { ParsedMessage, ResourceParser } from './angular/parsedLife';
export { ndjsonResource } from './angular/ndjsonResource';
export type { NdjsonResourceOptions, NdjsonResourceRequest } from './angular/ndjsonResource';
export type {
  NdjsonResourceRef,
  NotReduced,
  ReactiveRequest,
  ReducedBy,
  ResourceRequest,
  StreamResourceOptions,
  StreamResourceRef,
  WithDefault,
} from './angular/streamResourceRef';
export type { StreamConnection, StreamProgress } from './angular/streamState';
