import type { HttpErrorResponse, HttpResponse } from '@angular/common/http';
import { isObservable, of } from 'rxjs';
import type { Observable } from 'rxjs';
import type { StreamResponse } from '../client/streamInit';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import { toHeaders } from './toHeaders';

/**
 * Converts a response of the interceptors for a reader.
 *
 * @param content - The body of the response, or the text of an error response.
 */
export function toStreamResponse(
  response: HttpResponse<unknown> | HttpErrorResponse,
  content: unknown,
): StreamResponse {
  return {
    ok: response.ok,
    status: response.status,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- HTTP/1.1 has one, and a `Response` too
    statusText: response.statusText,
    headers: toHeaders(response.headers),
    url: response.url ?? '',
    // A getter, so that the content is referenced: an abort may miss a `Response` that was garbage-collected.
    get body() {
      return bodyOf(content);
    },
  };
}

/** Whether a reader can read a body as a stream: the body is a `Response` or a `ReadableStream`. */
export const isStreamed = (content: unknown): content is Response | ReadableStream<Uint8Array> =>
  typeof content === 'object' && content !== null && ('getReader' in content || isResponse(content));

// A `Blob` has an `arrayBuffer` too, so `body` is checked as well.
const isResponse = (content: object): content is Response => 'arrayBuffer' in content && 'body' in content;

/** Converts a body. Text and values are emitted synchronously, so that a spec sees them as soon as `flush` returns. */
function bodyOf(content: unknown): StreamResponse['body'] {
  if (content === null || content === undefined || content instanceof Event) return null;
  if (isStreamed(content)) return 'getReader' in content ? content : content.body;
  // The body of a `TestStream`.
  if (isObservable(content)) return content as Observable<Uint8Array | string>;
  if (content instanceof Blob) return content.stream();
  if (content instanceof ArrayBuffer) return of(new Uint8Array(content));
  if (ArrayBuffer.isView(content)) {
    return of(new Uint8Array(content.buffer, content.byteOffset, content.byteLength));
  }
  return of(encodeUtf8(typeof content === 'string' ? content : JSON.stringify(content)));
}
