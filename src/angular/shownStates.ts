import { isPlatformServer } from '@angular/common';
import { NgZone, PLATFORM_ID } from '@angular/core';
import type { Injector } from '@angular/core';
import { EMPTY, audit, defer, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { StreamFetch, StreamInit } from '../client/streamInit';
import { calledInZone } from './calledInZone';
import { firstOnServer } from './firstOnServer';
import { HANDED_OVER } from './handedOver';
import { handedStart } from './handedStart';
import type { StreamStart } from './handedStart';
import { HTTP_STREAM_FETCH } from './provideHttpStreams';
import { RENDERING_FRAME } from './renderingFrame';
import type { StreamFormat } from './streamFormat';
import type { ResourceRequest, StreamResourceOptions } from './streamResourceRef';
import type { StreamState } from './streamState';
import { streamStates } from './streamStates';

/** The options of a resource, whether or not it reduces the values of its stream. */
export interface AllOptions<V, A> extends StreamResourceOptions<A> {
  reduce?: ((accumulated: A, value: V) => A) | undefined;
  defaultValue?: A | undefined;
}

/** The way from a request to the states of its resource. */
export interface ShownStates<R, A> {
  /** Returns the start that a server has handed over with the page. */
  readonly handed: (request: R) => StreamStart<R, A> | undefined;
  /** Emits the states of a request, as often as the platform can show them. */
  readonly states: (start: StreamStart<R, A>) => Observable<StreamState<A>>;
}

export function shownStates<R extends ResourceRequest<StreamInit>, V, A>(
  { reduce, defaultValue, serverTimeout = 1_000 }: AllOptions<V, A>,
  injector: Injector,
  format: StreamFormat<R, V, unknown>,
): ShownStates<R, A> {
  const fetch = calledInZone(fetchOf(injector), injector.get(NgZone));
  const frame$ = injector.get(RENDERING_FRAME);
  const handedOver = injector.get(HANDED_OVER);
  const next = reduce ?? ((_: A, value: V) => value as unknown as A);

  const read = ({ request, state, accumulated }: StreamStart<R, A>, record?: (received: unknown) => void) =>
    streamStates(
      defer(() => format.read(request, fetch, record)),
      state,
      next,
      accumulated,
    );

  if (!isPlatformServer(injector.get(PLATFORM_ID))) {
    return {
      handed: (request) => handedStart(request, handedOver, format, next, defaultValue as A),
      states: (start) => (frame$ ? read(start).pipe(audit(() => frame$)) : read(start)),
    };
  }
  return {
    handed: () => undefined,
    states: (start) => {
      const { request } = start;
      // The browser would send a request that acts a second time.
      const isSafe = /^(get|head)$/i.test(request.method ?? 'GET');
      if (!isSafe || serverTimeout === 0) return EMPTY;
      const received: unknown[] = [];
      return read(start, (part) => received.push(part)).pipe(
        firstOnServer(serverTimeout, injector),
        tap(({ item }) => {
          if ('value' in item && received.length > 0) handedOver.give(request, received);
        }),
      );
    },
  };
}

function fetchOf(injector: Injector): StreamFetch {
  const fetch = injector.get(HTTP_STREAM_FETCH, null);
  if (!fetch) throw new Error('The resources of rxjs-http-streams/angular need provideHttpStreams()');
  return fetch;
}
