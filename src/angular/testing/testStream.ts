import type { HttpRequest } from '@angular/common/http';
import type { TestRequest } from '@angular/common/http/testing';
import { Observable, ReplaySubject } from 'rxjs';

/** The response that {@link TestStream} opens. */
export interface TestStreamInit {
  /**
   * Headers of the response.
   *
   * @defaultValue `{ 'content-type': 'text/event-stream' }`
   */
  headers?: Record<string, string> | undefined;
  /**
   * The chunks of the body, such as marbles of `cold`. A completion is the regular end of the body, and an error is a
   * connection that is cut.
   *
   * @defaultValue the chunks of `send()`, until `end()` or `cut()`
   */
  body?: Observable<string | Uint8Array> | undefined;
}

/** One request of a stream, which a spec answers. `HttpStreamTestingController` returns it. */
export class TestStream {
  readonly #request: TestRequest;
  // A body is read by one reader, which may subscribe later than the spec sends.
  readonly #chunks = new ReplaySubject<string | Uint8Array>(Infinity);
  #isOpen = false;
  #isRead = false;

  constructor(request: TestRequest) {
    this.#request = request;
  }

  /** The request as the interceptors have left it. */
  get request(): HttpRequest<unknown> {
    return this.#request.request;
  }

  /** The last event ID of the request's header. Empty if there is none. */
  get lastEventId(): string {
    const bytes = this.request.headers.get('last-event-id') ?? '';
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  }

  /** Whether the client has aborted the request, or whether the stream has ended. */
  get closed(): boolean {
    return this.#isOpen ? !this.#isRead : this.#request.cancelled;
  }

  /** Answers with status 200 and these headers. The body stays open. */
  open({
    headers = { 'content-type': 'text/event-stream' },
    body = this.#chunks,
  }: TestStreamInit = {}): this {
    this.#isOpen = true;
    const read = new Observable<string | Uint8Array>((subscriber) => {
      this.#isRead = true;
      subscriber.add(() => {
        this.#isRead = false;
      });
      return body.subscribe(subscriber);
    });
    this.#request.flush(read, { headers });
    return this;
  }

  /** Sends chunks of the body. `sse()` and `ndjson()` of `rxjs-http-streams/testing` write them. */
  send(...chunks: readonly (string | Uint8Array)[]): this {
    this.#expectOpen('send');
    for (const chunk of chunks) this.#chunks.next(chunk);
    return this;
  }

  /** Ends the body regularly. */
  end(): void {
    this.#expectOpen('end');
    this.#chunks.complete();
  }

  /** Cuts the connection, before or after the headers, as a network does. */
  cut(): void {
    if (this.#isOpen) this.#chunks.error(new TypeError('The spec has cut the connection'));
    else this.#request.error(new Event('error') as ProgressEvent);
  }

  /** Answers with an error status, and with a text or a value as its body. */
  refuse(status: number, body: string | object = ''): void {
    this.#request.flush(body, { status, statusText: `Status ${status}` });
  }

  #expectOpen(method: string): void {
    if (!this.#isOpen) throw new Error(`${method}() needs open() before: the response has no body yet`);
  }
}
