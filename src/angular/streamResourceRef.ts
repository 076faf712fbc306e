import type { Injector, ResourceRef, Signal, ValueEqualityFn } from '@angular/core';
import type { StreamInit } from '../client/streamInit';
import type { StreamConnection, StreamProgress } from './streamState';

/** A resource whose value comes from a stream. */
export interface StreamResourceRef<T> extends ResourceRef<T> {
  /** State of the connection. */
  readonly connection: Signal<StreamConnection>;
  /**
   * Time at which the next request is sent, in milliseconds since the epoch. Set while the connection is
   * `'reconnecting'`, unless a function `delay` decides.
   */
  readonly nextAttempt: Signal<number | undefined>;
  /**
   * The latest value, which stays after an error, when `value()` throws. The next request, or `reload()` when its first
   * value arrives, replaces it.
   */
  readonly lastValue: Signal<T>;
  hasValue(this: T extends undefined ? this : never): this is StreamResourceRef<Exclude<T, undefined>>;
  hasValue(): boolean;
}

/** A resource whose value comes from newline-delimited JSON. */
export interface NdjsonResourceRef<T> extends StreamResourceRef<T> {
  /** Bytes of the body so far, and of the whole body if that is known. Unset before the first chunk. */
  readonly progress: Signal<StreamProgress | undefined>;
  hasValue(this: T extends undefined ? this : never): this is NdjsonResourceRef<Exclude<T, undefined>>;
  hasValue(): boolean;
}

/** A request of a resource: the options of a reader, without those that the resource sets. */
export type ResourceRequest<I extends StreamInit> = Omit<I, 'fetch' | 'signal'> & {
  /** URL of the request. A relative URL is resolved as `HttpClient` does. */
  readonly url: string | URL;
  readonly fetch?: undefined;
  readonly signal?: undefined;
};

/** Returns the request of a resource, and `undefined` for none. */
export type ReactiveRequest<R> = () => string | URL | R | undefined;

/** Options of every resource for streams. */
export interface StreamResourceOptions<T> {
  /**
   * Compares values of the resource. A value that is equal to the one before notifies no consumer.
   *
   * @defaultValue `Object.is`
   */
  equal?: ValueEqualityFn<T> | undefined;
  /**
   * The injector that destroys the resource, and that provides the interceptors of its requests.
   *
   * @defaultValue the injector of the injection context
   */
  injector?: Injector | undefined;
  /**
   * Name of the resource in Angular's developer tools.
   *
   * @defaultValue none
   */
  debugName?: string | undefined;
  /**
   * Maximum time, in milliseconds, that server-side rendering waits for the first value. After it the page is rendered
   * without the value, as it is in the browser while the stream connects. With `0` the server sends no request.
   *
   * @defaultValue 1 000
   */
  serverTimeout?: number | undefined;
}

/** Makes the value of a resource from all values of the stream. */
export interface ReducedBy<V, A> {
  /**
   * Returns the next value of the resource, given the present one and a value of the stream. It is called for each
   * value of the stream, also for those between two renderings. If it throws, the resource has that error.
   */
  reduce: (accumulated: A, value: V) => NoInfer<A>;
  /** The value before the first one of the stream, with which each request begins. */
  defaultValue: A;
}

/** Makes each value of the stream the value of the resource. */
export interface NotReduced<D> {
  reduce?: undefined;
  /**
   * The value while there is none of the stream.
   *
   * @defaultValue `undefined`
   */
  defaultValue?: D;
}

/** The value of a resource with a default value of the type `D`. */
export type WithDefault<V, D> = undefined extends D ? V | undefined : V;
