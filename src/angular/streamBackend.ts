import { FetchBackend, HttpXhrBackend } from '@angular/common/http';
import type { HttpEvent, HttpRequest } from '@angular/common/http';
import { NgZone, inject } from '@angular/core';
import type { Observable } from 'rxjs';
import { sendStream } from './sendStream';
import { STREAM } from './streamContext';

// Subclasses in place of the two, and not one `HttpBackend` in front of them: whichever the application has chosen
// still is what it uses, and a backend for tests or a parent's client is left alone.

/** Angular's `FetchBackend`, and streams. */
export class StreamFetchBackend extends FetchBackend {
  readonly #zone = inject(NgZone);

  override handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    const exchange = request.context.get(STREAM);
    return exchange ? sendStream(request, exchange, this.#zone) : super.handle(request);
  }
}

/** Angular's `HttpXhrBackend`, and streams, which go over `fetch`. */
export class StreamXhrBackend extends HttpXhrBackend {
  readonly #zone = inject(NgZone);

  override handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    const exchange = request.context.get(STREAM);
    return exchange ? sendStream(request, exchange, this.#zone) : super.handle(request);
  }
}
