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
import { zoneScheduler } from './zoneScheduler';

/**
 * Sends the request of a stream when the interceptors have passed it on. It emits an `HttpResponse` with the platform's
 * `Response` as its body. For an error status it errors with an `HttpErrorResponse` and the text of the body, as
 * Angular's backends do, so that interceptors can handle a 401.
 *
 * Unsubscribing before the response aborts the request. After the response the signal of the init aborts the request.
 * Like Angular's own backend this function calls `fetch` outside the zone: zone.js would wait for its timers.
 */
export function sendStream(
  request: HttpRequest<unknown>,
  exchange: StreamExchange,
  zone: NgZone,
): Observable<HttpEvent<unknown>> {
  return new Observable((subscriber) => {
    const url = request.urlWithParams;
    const scheduler = zoneScheduler(zone);
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

/** Limits the wait as Angular's own backend does, but not that for the body, which may have no end. */
const untilHeaders = (ms: number, scheduler: SchedulerLike): MonoTypeOperatorFunction<Response> =>
  timeout({
    first: Math.min(ms, MAX_DELAY),
    scheduler,
    with: () => throwError(() => new DOMException('signal timed out', 'TimeoutError')),
  });

/**
 * Whether the platform can make a request. If it can, a rejection of `fetch` is a failure of the network. The rejection
 * alone does not show this, but the constructor of `Request` throws only for a request that cannot be made.
 */
function canBeMade(request: HttpRequest<unknown>, init: RequestInit): boolean {
  try {
    const { body, ...options } = toInit(request, init);
    new Request(request.urlWithParams, { ...options, signal: null, body: body ? '' : null });
    return true;
  } catch {
    return false;
  }
}
