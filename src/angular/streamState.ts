import type { ResourceStreamItem } from '@angular/core';
import { asyncScheduler } from 'rxjs';
import type { LifecycleEvent } from '../client/lifecycle';

/**
 * The state of the connection of a resource:
 *
 * - `'connecting'`: a request was sent, and its headers have not arrived;
 * - `'open'`: the body of a response is read;
 * - `'reconnecting'`: the stream waits before its next request;
 * - `'paused'`: the latest value of `pauseWhen` is `true`;
 * - `'closed'`: the stream has ended, or there is no request.
 */
export type StreamConnection = 'connecting' | 'open' | 'reconnecting' | 'paused' | 'closed';

/** The bytes of a response so far. */
export interface StreamProgress {
  /** Bytes of the body so far, decompressed. */
  readonly loaded: number;
  /** Bytes of the whole body, if `Content-Length` says so and the body is not compressed. */
  readonly total: number | undefined;
}

/** All that a resource shows of one request, at one moment. */
export interface StreamState<T> {
  /** The status of a resource while neither a value nor an end has come. */
  readonly waiting: 'loading' | 'reloading' | undefined;
  /** The latest value, also after an error. */
  readonly lastValue: T;
  readonly item: ResourceStreamItem<T>;
  readonly connection: StreamConnection;
  readonly nextAttempt: number | undefined;
  readonly progress: StreamProgress | undefined;
}

/** An event of the lifecycle, or the end of the stream. */
export type StreamEvent<T> =
  LifecycleEvent<T> | { readonly type: 'completed' } | { readonly type: 'failed'; readonly error: unknown };

/**
 * Makes the state before the first event.
 *
 * @param value - The value that the resource has meanwhile.
 */
export const initialState = <T>(
  waiting: 'loading' | 'reloading',
  value: T,
  lastValue: T,
): StreamState<T> => ({
  waiting,
  lastValue,
  item: { value },
  connection: 'connecting',
  nextAttempt: undefined,
  progress: undefined,
});

/** Returns the state after an event. */
export function stateAfter<T>(state: StreamState<T>, event: StreamEvent<T>): StreamState<T> {
  switch (event.type) {
    case 'value':
      return { ...state, waiting: undefined, lastValue: event.value, item: { value: event.value } };
    case 'progress':
      return { ...state, progress: { loaded: event.loaded, total: event.total } };
    case 'connecting':
      return { ...state, connection: 'connecting', nextAttempt: undefined, progress: undefined };
    case 'reconnecting':
      return {
        ...state,
        connection: 'reconnecting',
        nextAttempt: event.delay === undefined ? undefined : asyncScheduler.now() + event.delay,
      };
    case 'failed':
      return { ...closed(state), waiting: undefined, item: { error: toError(event.error) } };
    case 'completed':
      return { ...closed(state), waiting: undefined };
    default:
      return { ...state, connection: event.type };
  }
}

const closed = <T>(state: StreamState<T>): StreamState<T> => ({
  ...state,
  connection: 'closed',
  nextAttempt: undefined,
});

/** Wraps what is not an error: a resource of Angular takes an error for one by its class. */
const toError = (error: unknown): Error =>
  error instanceof Error
    ? error
    : new Error('The stream failed with a value that is not an Error', { cause: error });
