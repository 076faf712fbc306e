import { HttpErrorResponse, HttpEventType, HttpResponse } from '@angular/common/http';
import type { HttpEvent, HttpRequest } from '@angular/common/http';
import type { NgZone } from '@angular/core';
import { Observable, catchError, concat, defer, identity, mergeMap, of, throwError, timeout } from 'rxjs';
import type { MonoTypeOperatorFunction, SchedulerLike } from 'rxjs';
import { MAX_DELAY } from '../protocol/limits';
import { headOf } from './headOf';
import { readOutside } from './readOutside';
import { errorResponse } from './errorResponse';
import type { StreamExchange } from './streamContext';
import { toInit } from './toInit';
import { watching } from './watching';

/**
 * Sends a request at the end of the interceptors. It emits what they are used to: a response, with the platform's
 * `Response` as its body, or an `HttpErrorResponse` with what the server said, so that they can answer a 401.
 *
 * Unsubscribing before the response aborts the request; afterwards the signal of the init does. Like Angular's own
 * backend it calls `fetch` outside the zone, because zone.js waits for the timers that `fetch` sets.
 */
export function sendStream(
  request: HttpRequest<unknown>,
  exchange: StreamExchange,
  zone: NgZone,
): Observable<HttpEvent<unknown>> {
  return new Observable((subscriber) => {
    const url = request.urlWithParams;
    const scheduler = watching(zone);
    const { signal } = exchange.init;
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

    const response$ = defer(() => {
      const init = { ...toInit(request, exchange.init), signal: controller.signal };
      return zone.runOutsideAngular(() => globalThis.fetch(url, init));
    }).pipe(
      request.timeout ? untilHeaders(request.timeout, scheduler) : identity,
      catchError((cause: unknown) => {
        exchange.failure = { cause, isMistake: !canBeMade(request, exchange.init) };
        return throwError(() => new HttpErrorResponse({ error: cause, status: 0, url }));
      }),
      mergeMap((response) => {
        readOutside(response, zone);
        if (!response.ok) return errorResponse(response, exchange, scheduler);
        handedOver = true;
        exchange.response = response;
        return of(new HttpResponse<unknown>({ ...headOf(response), body: response }));
      }),
    );
    concat(of({ type: HttpEventType.Sent } as const), response$).subscribe(subscriber);
  });
}

/** As Angular's own backend does, though not for the body, which may have no end. */
const untilHeaders = (ms: number, scheduler: SchedulerLike): MonoTypeOperatorFunction<Response> =>
  timeout({
    first: Math.min(ms, MAX_DELAY),
    scheduler,
    with: () => throwError(() => new DOMException('signal timed out', 'TimeoutError')),
  });

/** Tells a network that is down from a request that cannot be: `fetch` rejects alike, a `Request` only for the latter. */
function canBeMade(request: HttpRequest<unknown>, init: RequestInit): boolean {
  try {
    const { body, ...options } = toInit(request, init);
    new Request(request.urlWithParams, { ...options, signal: null, body: body ? '' : null });
    return true;
  } catch {
    return false;
  }
}
