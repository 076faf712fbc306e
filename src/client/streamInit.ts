import type { ObservableInput, SchedulerLike } from 'rxjs';

/** The part of `Response` that the readers use: the platform's own fits, and so does a marble. */
export interface StreamResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly url: string;
  /**
   * A stream of the platform, a `Readable` of Node, or any iterable of chunks is read no faster than the values are
   * wanted. An Observable cannot be held back: up to 16 MiB of its chunks wait. Text is a chunk, too.
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
  /** Counted from 1 over the whole subscription. */
  readonly attempt: number;
  /** The last event ID in force; empty without one, and for formats that have none. */
  readonly lastEventId: string;
  /** What ended the connection before; unset for the first, and after a clean end. */
  readonly error: unknown;
}

/**
 * Where to send it. A function is asked before each request, as a signed URL may have gone stale; the signal of a
 * `Request` that it gives is not listened to, because the subscription outlives the request.
 */
export type StreamInput =
  string | URL | Request | ((attempt: StreamAttempt) => ObservableInput<string | URL | Request>);

/** The members of a request that go to `fetch` as they are, those that `RequestInit` does not know too. */
export interface StreamRequestInit extends Omit<RequestInit, 'signal' | 'dispatcher'> {
  /** An `Agent` of undici for the `fetch` of Node. Others ignore it. */
  dispatcher?: object | undefined;
  /** An `HttpContext` for the `fetch` of `rxjs-http-streams/angular`, whose interceptors see it. Others ignore it. */
  context?: object | undefined;
}

/** What every reader takes: `RequestInit` and what goes with streaming. */
export interface StreamInit extends StreamRequestInit {
  /** Ends the whole subscription, reconnecting and projecting too: the stream errors with the signal's reason. */
  signal?: AbortSignal | null | undefined;
  /**
   * The body of the request, as for `fetch`. A `ReadableStream` or an async iterable of bytes or text is sent while
   * it is made, on platforms whose `fetch` can do so, and can be sent once: make it in `request` where the request
   * may be sent again. It belongs to the subscription, which releases it however the exchange ends. What it errors
   * with is the stream's error, as it is.
   *
   * `duplex` and, except on workerd, `redirect: 'error'` and `window: null` are set for it unless they are given:
   * Node's `fetch` keeps a copy of all that it sends while it may have to follow a redirect. The body of a `Request`
   * that is the input is not released, because it is kept for the next subscription.
   */
  body?: BodyInit | null;
  /**
   * Sends each request. If omitted, the platform's `fetch` does, looked up when the request is sent.
   *
   * A `TypeError` or a `DOMException` that it rejects with, or an error with the `code` of a system such as
   * `ECONNRESET`, is a failure of the network: a `StreamNetworkError`, after which `fromEventSource` asks again.
   * Anything else that it throws or rejects with is the stream's error, as it is, and no other request follows.
   */
  fetch?: StreamFetch | undefined;
  /**
   * Asked before each request for an init, or for an Observable or a promise of one, whose first value counts. The init is
   * merged over this one, headers by name. The place for a token that expires. An error of it is the stream's, as it is. It cannot set a signal, because the signal of the init is for
   * the whole subscription.
   */
  request?: ((attempt: StreamAttempt) => StreamRequestInit | ObservableInput<StreamRequestInit>) | undefined;
  /**
   * The wait for the headers of each response, in milliseconds from the sending of its request; then the stream
   * errors with a `StreamTimeoutError`. The time that `request` or an input function takes does not count. If omitted,
   * `idleTimeout` limits this wait, too.
   */
  connectTimeout?: number | undefined;
  /**
   * The wait for the next byte, in milliseconds, comments and, without a `connectTimeout`, the response's headers
   * counted; then the stream errors with a `StreamTimeoutError`. Time in which `project` holds reading back does not
   * count. No limit if omitted.
   */
  idleTimeout?: number | undefined;
}

/** Projection with back-pressure. */
export interface ProjectInit<V, R> {
  /** As in `mergeMap`. The next chunk is not read before there is room: the server is held back by TCP. */
  project: (value: V, index: number) => ObservableInput<R>;
  /** How many projections may run at a time. 1 if omitted. */
  concurrent?: number | undefined;
}

/** Says in the compiler's message that `concurrent` does nothing by itself. */
export interface NoProject {
  concurrent?: 'concurrent is the number of projections that run at a time, and needs a project' | undefined;
}

/** The life of a stream as values. */
export type LifecycleEvent<T> =
  | {
      readonly type: 'connecting';
      /** As in {@link StreamAttempt}. */
      readonly attempt: number;
    }
  | { readonly type: 'open'; readonly response: StreamResponse }
  | {
      readonly type: 'progress';
      /** Bytes of this connection's body so far, decompressed. */
      readonly loaded: number;
      /** Bytes in all, where `Content-Length` tells. */
      readonly total: number | undefined;
    }
  | { readonly type: 'value'; readonly value: T }
  | {
      readonly type: 'reconnecting';
      /** What ended the connection; unset after a clean end. */
      readonly error: unknown;
      /** Until the next request, in milliseconds; unset where the application's own `delay` decides. */
      readonly delay: number | undefined;
      /** Of the request to come. */
      readonly attempt: number;
    }
  /** There is no connection, and none will be made before `pauseWhen` says so. */
  | { readonly type: 'paused' };

/** Asks for the life of the stream instead of the values alone. */
export interface LifecycleInit {
  observe: 'lifecycle';
}
