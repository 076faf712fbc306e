import { HttpErrorResponse, HttpEventType, HttpHeaders, HttpResponse } from '@angular/common/http';
import type { HttpEvent, HttpRequest } from '@angular/common/http';
import { Observable, catchError, concat, defer, from, mergeMap, of, throwError, timeout } from 'rxjs';
import { FETCH_OPTIONS, pick } from './streamContext';

/** How long is waited for what a refusal says, in milliseconds: the status must not get lost behind its body. */
const MAX_WAIT = 2_000;

/**
 * Sends a request at the end of the interceptors. What comes is what they are used to: a response, with the platform's
 * `Response` as its body, or an `HttpErrorResponse` with what the server said, so that they can answer a 401.
 *
 * Unsubscribing before the response aborts the request; afterwards the signal of `init` does.
 */
export function sendStream(request: HttpRequest<unknown>, init: RequestInit): Observable<HttpEvent<unknown>> {
  return new Observable((subscriber) => {
    const { signal } = init;
    const controller = new AbortController();
    let handedOver = false;
    const abort = (): void => {
      controller.abort(signal?.reason);
    };
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort);
    subscriber.add(() => {
      if (handedOver) return;
      signal?.removeEventListener('abort', abort);
      controller.abort();
    });

    const response$ = defer(() =>
      globalThis.fetch(request.urlWithParams, { ...toInit(request, init), signal: controller.signal }),
    ).pipe(
      catchError((error: unknown) =>
        throwError(() => new HttpErrorResponse({ error, status: 0, url: request.urlWithParams })),
      ),
      mergeMap((response) => {
        if (!response.ok) return refusal(response);
        handedOver = true;
        return of(new HttpResponse<unknown>({ ...head(response), body: response }));
      }),
    );
    concat(of({ type: HttpEventType.Sent } as const), response$).subscribe(subscriber);
  });
}

/** The interceptors have the last word on all that an `HttpRequest` knows, `init` on the rest. */
function toInit(request: HttpRequest<unknown>, init: RequestInit): RequestInit {
  const headers = toHeaders(request.headers);
  // Only a body of theirs: `fetch` names the type of its own, the boundary of a form included.
  const replaced = request.body !== (init.body ?? null);
  const type = replaced && !headers.has('content-type') ? request.detectContentTypeHeader() : null;
  if (type !== null) headers.set('content-type', type);
  return {
    ...init,
    ...pick(request, FETCH_OPTIONS),
    ...(request.withCredentials && { credentials: 'include' }),
    method: request.method,
    headers,
    body: replaced ? request.serializeBody() : (init.body ?? null),
  };
}

/** Errors with what the server said: text, or what it is as JSON. */
const refusal = (response: Response): Observable<never> =>
  from(response.text()).pipe(
    timeout(MAX_WAIT),
    catchError(() => of('')),
    mergeMap((text) => throwError(() => new HttpErrorResponse({ ...head(response), error: parsed(text) }))),
  );

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const head = ({ headers, status, statusText, url }: Response) => ({
  headers: new HttpHeaders(headers),
  status,
  statusText,
  url,
});

/** The headers of Angular as the platform's. */
export function toHeaders(headers: HttpHeaders): Headers {
  const all = new Headers();
  for (const name of headers.keys()) {
    for (const value of headers.getAll(name) ?? []) all.append(name, value);
  }
  return all;
}
