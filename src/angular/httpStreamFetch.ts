import { HttpErrorResponse, HttpHeaders, HttpRequest, HttpResponse } from '@angular/common/http';
import type { HttpClient } from '@angular/common/http';
import type { NgZone } from '@angular/core';
import { catchError, defer, filter, map, mergeMap, of, throwIfEmpty } from 'rxjs';
import type { Observable } from 'rxjs';
import type { StreamFetch, StreamResponse } from '../client/streamInit';
import { ownFailure } from './ownFailure';
import { FETCH_OPTIONS, contextOf, pick } from './streamContext';
import type { StreamExchange } from './streamContext';
import { isStreamed, toStreamResponse } from './toStreamResponse';
import { zoneScheduler } from './zoneScheduler';

/** Makes a `fetch` that sends each request through the interceptors of an `HttpClient`. */
export const httpStreamFetch = (client: HttpClient, zone: NgZone): StreamFetch =>
  Object.assign(
    (...[input, init]: Parameters<StreamFetch>) =>
      defer(() => {
        const exchange: StreamExchange = { init };
        return requestOf(input, exchange).pipe(
          mergeMap((request) => client.request(request)),
          filter((event) => event instanceof HttpResponse),
          throwIfEmpty(() => new TypeError('An interceptor completed without a response')),
          map((response) => answered(response, exchange)),
          catchError((error: unknown) => of(failed(error, exchange))),
        );
      }),
    { scheduler: zoneScheduler(zone) },
  );

const requestOf = (
  input: Parameters<StreamFetch>[0],
  exchange: StreamExchange,
): Observable<HttpRequest<unknown>> =>
  typeof input === 'object' && 'url' in input
    ? defer(() => unpacked(input, exchange.init)).pipe(map((all) => toRequest(input.url, all, exchange)))
    : defer(() => of(toRequest(String(input), exchange.init, exchange)));

/** Returns the options of a `Request`, overridden by `init`. The body is read, so that interceptors see it too. */
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

function toRequest(url: string, init: RequestInit, exchange: StreamExchange): HttpRequest<unknown> {
  const { method = 'GET', headers, body = null, context } = init as RequestInit & { context?: unknown };
  return new HttpRequest<unknown>(method, url, body, {
    ...pick(init, FETCH_OPTIONS),
    headers: new HttpHeaders(new Headers(headers)),
    context: contextOf(exchange, context),
    // Server-side rendering transfers its cache of responses to the browser as JSON, which cannot represent a stream.
    transferCache: false,
  });
}

/** Converts the response that the interceptors return: that of the backend, or one that an interceptor made. */
function answered(response: HttpResponse<unknown>, exchange: StreamExchange): StreamResponse {
  const { body, status } = response;
  if (exchange.response && status !== 204 && !isStreamed(body)) {
    throw new TypeError(
      'The body of the stream was replaced by an interceptor: it has to stay a Response, see isHttpStream()',
    );
  }
  return toStreamResponse(response, body);
}

/**
 * Converts an error of the interceptors to the result that a reader expects of a `fetch`: a response for an error
 * status, a rejection for a failure of the network, and a response that throws the error for any other error.
 */
function failed(error: unknown, { init, failure, refusal }: StreamExchange): StreamResponse {
  const isResponse = error instanceof HttpErrorResponse;
  if (isResponse && error.status > 0) {
    return toStreamResponse(error, refusal && error.error === refusal.error ? refusal.text : error.error);
  }
  const cause: unknown = isResponse ? error.error : error;
  const isMistake = failure && failure.cause === cause ? failure.isMistake : !isResponse;
  if (isMistake) return ownFailure(cause);
  if (init.signal?.aborted) throw init.signal.reason;
  // Some platforms reject with an error of another class, and Angular's `HttpTestingController` with an event.
  throw cause instanceof TypeError || cause instanceof DOMException
    ? cause
    : new TypeError(isResponse ? error.message : 'The connection failed', { cause });
}
