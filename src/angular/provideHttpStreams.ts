import { XhrFactory } from '@angular/common';
import { FetchBackend, HttpBackend, HttpClient, HttpHandler, HttpXhrBackend } from '@angular/common/http';
import { InjectionToken, NgZone, inject, makeEnvironmentProviders } from '@angular/core';
import type { EnvironmentProviders } from '@angular/core';
import type { StreamFetch } from '../client/streamInit';
import { httpStreamFetch } from './httpStreamFetch';
import { StreamFetchBackend, StreamXhrBackend } from './streamBackend';

/**
 * Injection token of the `fetch` for readers in an Angular application. This `fetch` sends every request of a reader,
 * reconnections included, through the interceptors of `HttpClient`. {@link provideHttpStreams} provides it. A spec
 * provides a `fetch` in its place, or answers with `HttpTestingController`, whose text, values and error statuses reach
 * the subscriber before `flush` returns.
 *
 * Interceptors receive a request of a reader as they receive any other, with the tokens of the `context` in the
 * reader's init. They receive its response when the headers have arrived: an `HttpResponse` whose body is the
 * platform's `Response`, or an `HttpErrorResponse` with at most the first 65 536 characters of the body. The reader
 * receives what the interceptors return. The `timeout` of a request limits the wait for the headers only.
 *
 * **Errors** of a reader that uses this `fetch`:
 *
 * - `HttpStatusError`: the interceptors error with an `HttpErrorResponse` with a status;
 * - `StreamNetworkError`: no response came, and the interceptors error with the `HttpErrorResponse` of status 0;
 * - a `TypeError`: an interceptor has replaced the body of the stream, see {@link isHttpStream};
 * - any other error of an interceptor, unchanged, and without a reconnection.
 *
 * Unsubscribing from the reader aborts the request at every stage. For Angular's stability, for which server-side
 * rendering waits, a request ends with the headers of its response. With zone.js neither `fetch` nor the reader's
 * time-outs and delays keep an application unstable, and values arrive in the zone in which the reader was subscribed.
 * A function that wraps this `fetch` has to keep its `scheduler`, which runs the timers outside the zone.
 *
 * @example
 * ```ts
 * import { Component, inject } from '@angular/core';
 * import { toSignal } from '@angular/core/rxjs-interop';
 * import { fromEventSource } from 'rxjs-http-streams';
 * import { HTTP_STREAM_FETCH } from 'rxjs-http-streams/angular';
 *
 * @Component({ selector: 'app-price', template: '{{ price()?.data }}' })
 * export class Price {
 *   readonly price = toSignal(fromEventSource('/api/prices', { fetch: inject(HTTP_STREAM_FETCH) }));
 * }
 * ```
 */
export const HTTP_STREAM_FETCH = new InjectionToken<StreamFetch>('HTTP_STREAM_FETCH');

/**
 * Provides {@link HTTP_STREAM_FETCH}, and makes the backend of `HttpClient` emit the response of a stream before its
 * body has arrived. The backend handles all other requests as before, by `fetch` or `XMLHttpRequest`.
 *
 * It has to come after `provideHttpClient`, or injecting the token errors. A route that has its own interceptors, by a
 * `provideHttpClient(withRequestsMadeViaParent(), …)`, has to call this function again after that call. Otherwise the
 * route injects the parent's token, and only the parent's interceptors see the streams of the route.
 *
 * @example
 * ```ts
 * import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
 * import type { ApplicationConfig } from '@angular/core';
 * import { provideHttpStreams } from 'rxjs-http-streams/angular';
 * import { authInterceptor } from './auth-interceptor';
 *
 * export const appConfig: ApplicationConfig = {
 *   providers: [provideHttpClient(withFetch(), withInterceptors([authInterceptor])), provideHttpStreams()],
 * };
 * ```
 */
export function provideHttpStreams(): EnvironmentProviders {
  return makeEnvironmentProviders([
    { provide: FetchBackend, useFactory: () => new StreamFetchBackend() },
    { provide: HttpXhrBackend, useFactory: () => new StreamXhrBackend(inject(XhrFactory)) },
    {
      provide: HTTP_STREAM_FETCH,
      useFactory: () => {
        const backend = inject(HttpBackend);
        // Angular's own backends would emit nothing before the end of the stream.
        if ([FetchBackend, HttpXhrBackend].some((own) => backend.constructor === own)) {
          throw new Error('provideHttpStreams() has to come after provideHttpClient()');
        }
        const above = { skipSelf: true, optional: true } as const;
        if (backend === inject(HttpHandler, above) && !inject(HTTP_STREAM_FETCH, above)) {
          throw new Error('provideHttpStreams() has to be beside the provideHttpClient() of the parent, too');
        }
        return httpStreamFetch(inject(HttpClient), inject(NgZone));
      },
    },
  ]);
}
