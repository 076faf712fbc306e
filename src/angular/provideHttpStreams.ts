import { XhrFactory } from '@angular/common';
import { FetchBackend, HttpBackend, HttpClient, HttpHandler, HttpXhrBackend } from '@angular/common/http';
import { InjectionToken, NgZone, inject, makeEnvironmentProviders } from '@angular/core';
import type { EnvironmentProviders } from '@angular/core';
import type { StreamFetch } from '../client/streamInit';
import { httpStreamFetch } from './httpStreamFetch';
import { StreamFetchBackend, StreamXhrBackend } from './streamBackend';

/**
 * The `fetch` for readers in an Angular application: it sends every request of theirs, each reconnection too, through
 * the interceptors of `HttpClient`. {@link provideHttpStreams} provides it; a spec provides a `fetch` in its place, or
 * answers with `HttpTestingController`, whose text, values and refusals reach the subscriber before `flush` returns.
 *
 * Interceptors see a request as they see any other, with the tokens of the `context` that the reader's init gives, and
 * its response once the headers have come: an `HttpResponse` whose body is the platform's `Response`, or an
 * `HttpErrorResponse` with what the server said, its first 65 536 characters at most. The reader gets what they make of
 * it. Their `timeout` holds until the headers.
 *
 * **Errors** of a reader that uses it:
 *
 * - `HttpStatusError`, when they give up with an `HttpErrorResponse` of a status.
 * - `StreamNetworkError`, when no response came and they pass that on: an `HttpErrorResponse` of status 0.
 * - Any other error of theirs, as it is and after one request: a feed does not ask again.
 * - A `TypeError`, when one of them has replaced the body of the stream, see {@link isHttpStream}.
 *
 * Unsubscribing from the reader aborts the request, wherever it is. For Angular's stability, on which
 * server-side rendering waits, a request ends with the headers of its response. With zone.js neither `fetch` nor the
 * reader's time-outs and delays keep an application unstable; values arrive in the zone in which the reader was
 * subscribed. A function that wraps this `fetch` has to pass on its `scheduler`, which does that for the timers.
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
 * It has to come after `provideHttpClient`; injecting the token errors where it does not. A route that has interceptors
 * of its own, by a `provideHttpClient(withRequestsMadeViaParent(), …)`, has to call it once more after that: without it
 * the token is the parent's, and only the parent's interceptors see the streams of the route.
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
        const above = { skipSelf: true, optional: true } as const;
        if (backend === inject(HttpHandler, above) && !inject(HTTP_STREAM_FETCH, above)) {
          throw new Error('provideHttpStreams() has to be beside the provideHttpClient() of the parent, too');
        }
        return httpStreamFetch(inject(HttpClient), inject(NgZone));
      },
    },
  ]);
}
