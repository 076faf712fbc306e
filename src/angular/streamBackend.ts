import { FetchBackend, HttpXhrBackend } from '@angular/common/http';
import type { HttpEvent, HttpRequest } from '@angular/common/http';
import { NgZone, inject } from '@angular/core';
import type { Observable } from 'rxjs';
import { sendStream } from './sendStream';
import { STREAM } from './streamContext';

// Two subclasses instead of one `HttpBackend` in front of both backends: the application keeps the backend that it has
// chosen, and a backend for tests or the client of a parent injector is not replaced.

/** Extends Angular's `FetchBackend` with streams. */
export class StreamFetchBackend extends FetchBackend {
  readonly #zone = inject(NgZone);

  override handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    const exchange = request.context.get(STREAM);
    return exchange ? sendStream(request, exchange, this.#zone) : super.handle(request);
  }
}

/** Extends Angular's `HttpXhrBackend` with streams, which are sent by `fetch`. */
export class StreamXhrBackend extends HttpXhrBackend {
  readonly #zone = inject(NgZone);

  override handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    const exchange = request.context.get(STREAM);
    return exchange ? sendStream(request, exchange, this.#zone) : super.handle(request);
  }
}
