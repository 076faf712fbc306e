import { XhrFactory } from '@angular/common';
import { FetchBackend, HttpBackend, HttpClient, HttpXhrBackend } from '@angular/common/http';
import { InjectionToken, inject, makeEnvironmentProviders } from '@angular/core';
import type { EnvironmentProviders } from '@angular/core';
import type { StreamFetch } from '../client/streamInit';
import { httpStreamFetch } from './httpStreamFetch';
import { StreamFetchBackend, StreamXhrBackend } from './streamBackend';

/**
 * The `fetch` for readers in an Angular application: it sends every request of theirs, each reconnection too, through
 * the interceptors of `HttpClient`. Provided by {@link provideHttpStreams}; a spec provides a `fetch` in its place.
 *
 * The interceptors see a request as they see any other, and its response once the headers have come: an
 * `HttpResponse` whose body is the platform's `Response`, or an `HttpErrorResponse` with what the server said. What
 * they make of it is what the reader gets. When they give up, with an `HttpErrorResponse` of any status, the reader errors
 * with its `HttpStatusError`; any other failure, one of their own too, is a `StreamNetworkError` with the cause.
 *
 * Unsubscribing from the reader aborts the request, wherever it is. For Angular's stability, on which
 * server-side rendering waits, a request ends with the headers of its response.
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
 * Provides {@link HTTP_STREAM_FETCH}, and teaches the backend of `HttpClient` to hand over a response before its
 * body has come. Requests that are not streams are handled as before, by `fetch` or `XMLHttpRequest`.
 *
 * It has to come after `provideHttpClient`; injecting the token errors where it does not.
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
        // Angular's own would wait for the end of a stream before it said anything.
        if ([FetchBackend, HttpXhrBackend].some((own) => backend.constructor === own)) {
          throw new Error('provideHttpStreams() has to come after provideHttpClient()');
        }
        return httpStreamFetch(inject(HttpClient));
      },
    },
  ]);
}
