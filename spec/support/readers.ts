import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import type { LifecycleEvent, LifecycleInit, ProjectInit, StreamInit, StreamInput } from 'rxjs-http-streams';

/** One of the three readers, its values as strings: what holds for all of them is said once. */
export interface Reader {
  readonly name: string;
  readonly mediaType: string;
  /** Formats a value. */
  readonly frame: (value: string) => string;
  readonly read: (input: StreamInput, init?: StreamInit) => Observable<string>;
  /** The same over one connection, where a reader would connect anew. */
  readonly readOnce: (input: StreamInput, init?: StreamInit) => Observable<string>;
  readonly project: <R>(input: StreamInput, init: StreamInit & ProjectInit<unknown, R>) => Observable<R>;
  readonly watch: (
    input: StreamInput,
    init: StreamInit & LifecycleInit,
  ) => Observable<LifecycleEvent<unknown>>;
}

export const chunkedReader: Reader = {
  name: 'fromChunkedFetch',
  mediaType: 'text/plain',
  frame: (value) => value,
  read: (input, init) => fromChunkedFetch(input, init),
  readOnce: (input, init) => fromChunkedFetch(input, init),
  project: (input, init) => fromChunkedFetch(input, init),
  watch: (input, init) => fromChunkedFetch(input, init),
};

export const ndjsonReader: Reader = {
  name: 'fromNdjsonFetch',
  mediaType: 'application/x-ndjson',
  frame: (value) => `${JSON.stringify(value)}\n`,
  read: (input, init) => fromNdjsonFetch<string>(input, init),
  readOnce: (input, init) => fromNdjsonFetch<string>(input, init),
  project: (input, init) => fromNdjsonFetch(input, init),
  watch: (input, init) => fromNdjsonFetch(input, init),
};

export const sseReader: Reader = {
  name: 'fromEventSource',
  mediaType: 'text/event-stream',
  frame: (value) => `data: ${value}\n\n`,
  read: (input, init) => fromEventSource(input, init).pipe(map(({ data }) => data)),
  readOnce: (input, init) =>
    fromEventSource(input, { ...init, reconnect: false }).pipe(map(({ data }) => data)),
  project: (input, init) => fromEventSource(input, init),
  watch: (input, init) => fromEventSource(input, init),
};

export const readers = [chunkedReader, ndjsonReader, sseReader];
