import type { ObservableInput, SchedulerLike } from 'rxjs';

/** The part of `Response` that the readers use. An object of a marble test has to provide only these members. */
export interface StreamResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly url: string;
  /**
   * The chunks of the body, as bytes or text. A stream of the platform, a `Readable` of Node or any iterable has
   * back-pressure: it is read only as fast as its values are consumed. An Observable has no back-pressure: up to 16 MiB
   * of its chunks are buffered.
   */
  readonly body: ObservableInput<Uint8Array | string> | ReadableStream<Uint8Array> | null;
}

/** The function that sends a request. Unsubscribing aborts `init.signal`. */
export interface StreamFetch {
  (input: string | URL | Request, init: RequestInit): ObservableInput<StreamResponse>;
  /**
   * Runs the time-outs and the reconnection delays of the streams that use this `fetch`.
   *
   * @defaultValue `asyncScheduler`
   */
  readonly scheduler?: SchedulerLike | undefined;
}

/** One request of a subscription. */
export interface StreamAttempt {
  /** The number of the request, counted from 1 over the whole subscription. */
  readonly attempt: number;
  /** The last event ID in force. Empty if there is none, and for formats that have none. */
  readonly lastEventId: string;
  /** The error that ended the previous connection. Unset for the first request and after a clean end. */
  readonly error: unknown;
}

/**
 * The URL or `Request` to send. A function is called before each request, because a signed URL may have expired. The
 * signal of a `Request` that the function returns has no effect, because the subscription outlives the request.
 */
export type StreamInput =
  string | URL | Request | ((attempt: StreamAttempt) => ObservableInput<string | URL | Request>);

/** Options that are passed to `fetch` unchanged. These may include options that `RequestInit` does not declare. */
export interface StreamRequestInit extends Omit<RequestInit, 'signal' | 'dispatcher'> {
  /**
   * An `Agent` of undici for the `fetch` of Node. Any other `fetch` ignores it.
   *
   * @defaultValue the agent of the platform
   */
  dispatcher?: object | undefined;
  /**
   * An `HttpContext` for the interceptors that `rxjs-http-streams/angular` calls. Any other `fetch` ignores it.
   *
   * @defaultValue none
   */
  context?: object | undefined;
}

/** Options of every reader: those of `RequestInit` and those of streaming. */
export interface StreamInit extends StreamRequestInit {
  /**
   * Ends the subscription, also while it reconnects or projects. The stream errors with the signal's reason.
   *
   * @defaultValue none
   */
  signal?: AbortSignal | null | undefined;
  /**
   * The body of the request, as for `fetch`. A `ReadableStream` or an async iterable of bytes or text is sent while it
   * is made, if the platform's `fetch` supports this. It can be sent only once: where the request may be sent again,
   * return a new body from `request`. The subscription owns such a body and cancels it when the exchange ends in any
   * way. If the body errors, the stream errors with the same error.
   *
   * For such a body the defaults of `duplex`, and except on workerd of `redirect` and `window`, are `'half'`, `'error'`
   * and `null`: Node's `fetch` stores a copy of the body as long as it may have to follow a redirect. If the input is a
   * `Request`, its body is not cancelled, because the next subscription needs it.
   *
   * @defaultValue none
   */
  body?: BodyInit | null;
  /**
   * Sends each request. If it rejects with a `TypeError`, a `DOMException` or an error with the `code` of a system such
   * as `ECONNRESET`, the network has failed: the error is a `StreamNetworkError`, after which `fromEventSource`
   * reconnects. Any other error is the error of the stream, and no other request follows.
   *
   * @defaultValue the platform's `fetch`, looked up when the request is sent
   */
  fetch?: StreamFetch | undefined;
  /**
   * Called before each request. It returns an init, or an Observable or a promise whose first value is one. That init
   * is merged over this one, headers by name. Use it for a token that expires. If the result errors, the stream errors
   * with the same error. It cannot set a signal, because the signal of the init is for the whole subscription.
   *
   * @defaultValue each request is the init
   */
  request?: ((attempt: StreamAttempt) => StreamRequestInit | ObservableInput<StreamRequestInit>) | undefined;
  /**
   * Maximum wait for the headers of each response, in milliseconds from the sending of its request. After it the stream
   * errors with a `StreamTimeoutError`. The time that `request` or an input function takes does not count.
   *
   * @defaultValue `idleTimeout`
   */
  connectTimeout?: number | undefined;
  /**
   * Maximum wait for the next byte, in milliseconds. After it the stream errors with a `StreamTimeoutError`. A byte of
   * a comment ends the wait too. Time in which the reader waits for `project` does not count.
   *
   * @defaultValue no limit
   */
  idleTimeout?: number | undefined;
}

/** Options of a projection with back-pressure. */
export interface ProjectInit<V, R> {
  /**
   * Maps each value to its results, as in `mergeMap`. The reader reads the next chunk only when another projection may
   * start. Meanwhile the connection's buffers fill up, and TCP makes the server wait.
   */
  project: (value: V, index: number) => ObservableInput<R>;
  /**
   * Maximum number of projections that run at the same time.
   *
   * @defaultValue `1`
   */
  concurrent?: number | undefined;
}

/** Says in the compiler's message that `concurrent` does nothing by itself. */
export interface NoProject {
  concurrent?: 'concurrent is the number of projections that run at a time, and needs a project' | undefined;
}
