import type { HttpErrorResponse, HttpResponse } from '@angular/common/http';
import { of } from 'rxjs';
import type { StreamResponse } from '../client/streamInit';
import { encodeUtf8 } from '../protocol/encodeUtf8';
import { toHeaders } from './toHeaders';

/** A response that has passed the interceptors, or was made by one of them. */
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

/** Whether a reader can take it as a stream: a `Response`, or a stream of bytes. */
export const isStreamed = (content: unknown): content is Response | ReadableStream<Uint8Array> =>
  typeof content === 'object' && content !== null && ('getReader' in content || isResponse(content));

// A `Blob` has an `arrayBuffer`, too.
const isResponse = (content: object): content is Response => 'arrayBuffer' in content && 'body' in content;

/** Text and values are there at once, without a promise: a spec sees them when it has flushed them. */
function bodyOf(content: unknown): StreamResponse['body'] {
  if (content === null || content === undefined || content instanceof Event) return null;
  if (isStreamed(content)) return 'getReader' in content ? content : content.body;
  if (content instanceof Blob) return content.stream();
  if (content instanceof ArrayBuffer) return of(new Uint8Array(content));
  if (ArrayBuffer.isView(content)) {
    return of(new Uint8Array(content.buffer, content.byteOffset, content.byteLength));
  }
  return of(encodeUtf8(typeof content === 'string' ? content : JSON.stringify(content)));
}
