import { HttpContext, HttpErrorResponse, HttpHeaders, HttpRequest, HttpResponse } from '@angular/common/http';
import type { HttpClient } from '@angular/common/http';
import { catchError, defer, filter, from, map, mergeMap, of } from 'rxjs';
import type { Observable } from 'rxjs';
import type { StreamFetch, StreamResponse } from '../client/streamInit';
import { toHeaders } from './sendStream';
import { FETCH_OPTIONS, STREAM, pick } from './streamContext';

/** A `fetch` that sends each request through the interceptors of an `HttpClient`. */
export const httpStreamFetch =
  (client: HttpClient): StreamFetch =>
  (input, init) =>
    requestOf(input, init).pipe(
      mergeMap((request) => client.request(request)),
      filter((event) => event instanceof HttpResponse),
      map((response) => toResponse(response, response.body)),
      catchError((error: unknown) => {
        if (!(error instanceof HttpErrorResponse)) throw error;
        if (error.status > 0) return of(toResponse(error, error.error));
        // As `fetch` does when there is no response.
        throw error.error instanceof Error ? error.error : new TypeError(error.message, { cause: error });
      }),
    );

const requestOf = (input: Parameters<StreamFetch>[0], init: RequestInit): Observable<HttpRequest<unknown>> =>
  typeof input === 'object' && 'url' in input
    ? defer(() => from(unpacked(input, init))).pipe(map((all) => toRequest(input.url, all)))
    : defer(() => of(toRequest(String(input), init)));

/** What a `Request` says, so that interceptors see its body too; `init` on top. */
async function unpacked(request: Request, init: RequestInit): Promise<RequestInit> {
  const given = Object.fromEntries(FETCH_OPTIONS.map((name) => [name, (request as RequestInit)[name]]));
  const body = init.body ?? (await request.arrayBuffer());
  return {
    method: request.method,
    headers: request.headers,
    ...pick(given, FETCH_OPTIONS),
    ...init,
    body: body instanceof ArrayBuffer && body.byteLength === 0 ? null : body,
  };
}

function toRequest(url: string, init: RequestInit): HttpRequest<unknown> {
  const { method = 'GET', headers, body = null } = init;
  return new HttpRequest<unknown>(method, url, body, {
    ...pick(init, FETCH_OPTIONS),
    headers: new HttpHeaders(new Headers(headers)),
    context: new HttpContext().set(STREAM, init),
    // Of a page that was rendered on the server: what it keeps for the browser is JSON, and no stream.
    transferCache: false,
  });
}

/** What came out of the interceptors; one of them may have answered by itself, with text or a value. */
function toResponse(response: HttpResponse<unknown> | HttpErrorResponse, content: unknown): StreamResponse {
  return {
    ok: response.ok,
    status: response.status,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- HTTP/1.1 has one, and a `Response` too
    statusText: response.statusText,
    headers: toHeaders(response.headers),
    url: response.url ?? '',
    // Asked of the `Response` each time, which keeps it: some engines let an abort pass by one that was collected.
    get body() {
      if (content === null || content === undefined) return null;
      if (isResponse(content)) return content.body;
      return new Response(typeof content === 'string' ? content : JSON.stringify(content)).body;
    },
  };
}

const isResponse = (content: unknown): content is Response =>
  typeof content === 'object' && content !== null && 'arrayBuffer' in content;
