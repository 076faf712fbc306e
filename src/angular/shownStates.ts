import { isPlatformServer } from '@angular/common';
import { NgZone, PLATFORM_ID } from '@angular/core';
import type { Injector } from '@angular/core';
import { EMPTY, audit, defer } from 'rxjs';
import type { Observable } from 'rxjs';
import type { LifecycleEvent, StreamFetch, StreamInit } from '../client/streamInit';
import { calledInZone } from './calledInZone';
import { firstOnServer } from './firstOnServer';
import { HTTP_STREAM_FETCH } from './provideHttpStreams';
import { RENDERING_FRAME } from './renderingFrame';
import type { ResourceRequest, StreamResourceOptions } from './streamResourceRef';
import type { StreamState } from './streamState';
import { streamStates } from './streamStates';

/** The options of a resource, whether or not it reduces the values of its stream. */
export interface AllOptions<V, A> extends StreamResourceOptions<A> {
  reduce?: ((accumulated: A, value: V) => A) | undefined;
  defaultValue?: A | undefined;
}

/** Reads the stream of one request. */
export type ReadStream<R, V> = (request: R, fetch: StreamFetch) => Observable<LifecycleEvent<V>>;

/** Returns the function that emits the states of a request, as often as the platform can show them. */
export function shownStates<R extends ResourceRequest<StreamInit>, V, A>(
  { reduce, defaultValue, serverTimeout = 1_000 }: AllOptions<V, A>,
  injector: Injector,
  read: ReadStream<R, V>,
): (request: R, start: StreamState<A>) => Observable<StreamState<A>> {
  const fetch = calledInZone(fetchOf(injector), injector.get(NgZone));
  const frame$ = injector.get(RENDERING_FRAME);
  const isServer = isPlatformServer(injector.get(PLATFORM_ID));
  const next = reduce ?? ((_: A, value: V) => value as unknown as A);

  return (request, start) => {
    const state$ = streamStates(
      defer(() => read(request, fetch)),
      start,
      next,
      defaultValue as A,
    );
    if (!isServer) return frame$ ? state$.pipe(audit(() => frame$)) : state$;
    // The browser would send a request that acts a second time.
    const isSafe = /^(get|head)$/i.test(request.method ?? 'GET');
    return isSafe && serverTimeout > 0 ? state$.pipe(firstOnServer(serverTimeout, injector)) : EMPTY;
  };
}

function fetchOf(injector: Injector): StreamFetch {
  const fetch = injector.get(HTTP_STREAM_FETCH, null);
  if (!fetch) throw new Error('The resources of rxjs-http-streams/angular need provideHttpStreams()');
  return fetch;
}
