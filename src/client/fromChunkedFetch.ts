import { noop } from 'rxjs';
import type { Observable } from 'rxjs';
import type { DecodeTextConfig } from '../operators/decodeText';
import { checkOptions } from '../options/rules';
import { TEXT } from '../options/operators';
import { CHUNKED_READER } from '../options/readers';
import type { Bytes } from '../protocol/bytes';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import { textDecoder, textEmitter } from '../protocol/textDecoder';
import type { Decode } from '../protocol/textDecoder';
import { deliver } from './deliver';
import { decodeBody } from './decodeBody';
import { fetchBody } from './fetchBody';
import { charset } from './charset';
import type { LifecycleEvent, LifecycleInit } from './lifecycle';
import type { NoProject, ProjectInit, StreamInit, StreamInput } from './streamInit';

/** Types of the chunks by `responseType`. */
export interface ChunkTypes {
  text: string;
  bytes: Bytes;
}

/** Options of {@link fromChunkedFetch}. */
export interface ChunkedFetchInit<K extends keyof ChunkTypes = 'text'> extends StreamInit, DecodeTextConfig {
  /**
   * The type of the chunks. Bytes are emitted as they arrive. Text is decoded by `encoding`, else by the charset of the
   * content type, else as UTF-8.
   *
   * @defaultValue `'text'`
   */
  responseType?: K | undefined;
}

/**
 * Reads the body of a response as it arrives, as a cold Observable of text or bytes.
 *
 * Subscribing sends the request; unsubscribing aborts it, in mid-body too. A character that is split over two chunks
 * arrives whole. The boundaries of chunks have no meaning.
 *
 * ```
 * server:  --Hel--lo-✓--|
 *          fromChunkedFetch(url)
 * result:  --Hel--lo-✓--|
 * ```
 *
 * `toAsyncIterable`, `toSseBody` and the other body makers **pull** a reader that is passed to them without an operator
 * in between: the next chunk is read only when the values of the chunk before have been consumed.
 *
 * **Completes** at the clean end of the body. It never sends a request twice: compose `retry` if that is safe.
 *
 * **Errors**, after the chunks that have arrived:
 *
 * - `HttpStatusError`: the status is not 2xx;
 * - `StreamNetworkError`: the connection failed or broke;
 * - `StreamTimeoutError`: `connectTimeout` or `idleTimeout` has passed;
 * - `StreamOverflowError`: more than 16 MiB of a body without back-pressure wait for `project`;
 * - a `TypeError`: the platform cannot make the request, or `fetch` gives no response with a body that can be streamed;
 * - the reason of an aborted `signal`, or an error of `fetch`, `request`, `project` or an input function.
 *
 * Throws a `TypeError` at the call if an option is invalid.
 *
 * @see `toChunkedBody` for the other direction.
 *
 * @example
 * ```ts
 * import { fromChunkedFetch } from 'rxjs-http-streams';
 *
 * fromChunkedFetch('https://example.com/story.txt').subscribe((text) => process.stdout.write(text));
 * ```
 */
export function fromChunkedFetch<R, K extends keyof ChunkTypes = 'text'>(
  input: StreamInput,
  init: ChunkedFetchInit<K> & ProjectInit<ChunkTypes[K], R> & LifecycleInit,
): Observable<LifecycleEvent<R>>;
export function fromChunkedFetch<R, K extends keyof ChunkTypes = 'text'>(
  input: StreamInput,
  init: ChunkedFetchInit<K> & ProjectInit<ChunkTypes[K], R>,
): Observable<R>;
export function fromChunkedFetch<K extends keyof ChunkTypes = 'text'>(
  input: StreamInput,
  init: ChunkedFetchInit<K> & NoProject & LifecycleInit,
): Observable<LifecycleEvent<ChunkTypes[K]>>;
export function fromChunkedFetch<K extends keyof ChunkTypes = 'text'>(
  input: StreamInput,
  init?: ChunkedFetchInit<K> & NoProject,
): Observable<ChunkTypes[K]>;
export function fromChunkedFetch(
  input: StreamInput,
  init: ChunkedFetchInit<keyof ChunkTypes> = {},
): Observable<unknown> {
  checkOptions('init', init, { ...TEXT, ...CHUNKED_READER });
  const { responseType = 'text', encoding, ...rest } = init;
  return deliver(input, rest, (session) => {
    let decode: Decode;
    return decodeBody<string | Uint8Array>(
      session,
      (sink) =>
        responseType === 'bytes'
          ? {
              push: (chunk) => {
                sink.next(typeof chunk === 'string' ? encodeUtf8(chunk) : chunk);
              },
              end: noop,
            }
          : textEmitter(sink, (chunk) => decode(chunk)),
      (take) =>
        fetchBody(
          session,
          {
            accept({ ok, headers }) {
              decode = textDecoder(encoding ?? charset(headers));
              return ok;
            },
          },
          take,
        ),
    );
  });
}
