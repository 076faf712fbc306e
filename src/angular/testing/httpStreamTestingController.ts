import type { HttpRequest } from '@angular/common/http';
import type { HttpTestingController } from '@angular/common/http/testing';
import { isHttpStream } from '../isHttpStream';
import { TestStream } from './testStream';

/** Selects the requests of streams: by their whole URL, or by a function. */
export type StreamMatch = string | ((request: HttpRequest<unknown>) => boolean);

/**
 * Answers the streams of an application in its specs, in the manner of Angular's `HttpTestingController`. It takes the
 * requests of readers and of resources only; `HttpTestingController` takes all others.
 *
 * A chunk that a spec sends has arrived when the call returns, and a resource shows it at once, without waiting for a
 * frame. A resource sends its request in an effect: call `TestBed.tick()` first.
 *
 * @example
 * ```ts
 * import { provideHttpClient } from '@angular/common/http';
 * import { TestBed } from '@angular/core/testing';
 * import { eventSourceResource, provideHttpStreams } from 'rxjs-http-streams/angular';
 * import { HttpStreamTestingController, provideHttpStreamsTesting } from 'rxjs-http-streams/angular/testing';
 * import { sse } from 'rxjs-http-streams/testing';
 *
 * TestBed.configureTestingModule({
 *   providers: [provideHttpClient(), provideHttpStreams(), provideHttpStreamsTesting()],
 * });
 * const streams = TestBed.inject(HttpStreamTestingController);
 * const price = TestBed.runInInjectionContext(() => eventSourceResource(() => '/prices', { parse: Number }));
 * TestBed.tick();
 *
 * streams.expectOne('/prices').open().send(sse({ id: '1', data: 42 }));
 * console.log(price.value(), price.connection()); // 42 'open'
 * streams.verify();
 * ```
 */
export class HttpStreamTestingController {
  readonly #http: HttpTestingController;

  /** Takes the controller that {@link provideHttpStreamsTesting} provides. */
  constructor(http: HttpTestingController) {
    this.#http = http;
  }

  /** Returns the one request of a stream that matches. Throws an `Error` if there is none or more than one. */
  expectOne(match: StreamMatch, description = describe(match)): TestStream {
    return new TestStream(this.#http.expectOne(streamsBy(match), description));
  }

  /** Throws an `Error` if a request of a stream matches. */
  expectNone(match: StreamMatch, description = describe(match)): void {
    this.#http.expectNone(streamsBy(match), description);
  }

  /** Returns all requests of streams that match and that no earlier call has returned. */
  match(match: StreamMatch): TestStream[] {
    return this.#http.match(streamsBy(match)).map((request) => new TestStream(request));
  }

  /** Throws an `Error` if there are requests, of streams or others, that no call has returned. */
  verify(): void {
    this.#http.verify();
  }
}

const streamsBy =
  (match: StreamMatch) =>
  (request: HttpRequest<unknown>): boolean =>
    isHttpStream(request) && (typeof match === 'string' ? request.urlWithParams === match : match(request));

const describe = (match: StreamMatch): string =>
  typeof match === 'string' ? `a stream of ${match}` : 'a stream by function';
