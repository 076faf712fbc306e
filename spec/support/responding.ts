import { of } from 'rxjs';
import type { Observable } from 'rxjs';
import type { StreamFetch, StreamResponse } from 'rxjs-http-streams';

/** A `fetch` that answers each request with these chunks, in memory; the body is a stream of the platform. */
export const responding =
  (chunks: readonly Uint8Array[], contentType = 'text/event-stream'): StreamFetch =>
  (): Observable<StreamResponse> => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    return of(new Response(body, { headers: { 'content-type': contentType } }));
  };
