import { Injector, NgZone, computed, effect, inject, resource, signal, untracked } from '@angular/core';
import type { ResourceLoaderParams, ResourceStreamItem, Signal } from '@angular/core';
import { tap } from 'rxjs';
import type { Subscription } from 'rxjs';
import type { StreamInit } from '../client/streamInit';
import { RESOURCE } from '../options/angular';
import { aFunction, check, checkOptions } from '../options/rules';
import { shownStates } from './shownStates';
import type { AllOptions } from './shownStates';
import type { StreamFormat } from './streamFormat';
import type { NdjsonResourceRef, ReactiveRequest, ResourceRequest } from './streamResourceRef';
import { initialState } from './streamState';
import type { StreamState } from './streamState';

/**
 * Makes a resource whose values are those of a stream.
 *
 * It is Angular's own resource. Its loader returns at once, so that a stream without a value does not keep the
 * application unstable, and the state of the request decides about the status meanwhile.
 */
export function streamResource<R extends ResourceRequest<StreamInit>, V, A>(
  request: ReactiveRequest<R>,
  options: AllOptions<V, A>,
  format: StreamFormat<R, V, unknown>,
): NdjsonResourceRef<A> {
  check('request', request, aFunction);
  checkOptions('options', options, RESOURCE);
  const { equal, debugName, injector = inject(Injector) } = options;
  const defaultValue = options.defaultValue as A;
  const { handed, states } = shownStates(options, injector, format);
  const zone = injector.get(NgZone);
  const requested = computed(request);
  const start = computed(() => {
    const given = requested();
    return given === undefined ? undefined : handed(withUrl(given));
  });
  const latest = signal<Signal<StreamState<A>> | undefined>(undefined);
  let subscription: Subscription | undefined;

  const stream = ({
    params,
    abortSignal,
  }: ResourceLoaderParams<unknown>): Promise<Signal<ResourceStreamItem<A>>> => {
    const isReload = untracked(ownStatus) === 'reloading';
    const begin = untracked(
      () =>
        (isReload ? undefined : start()) ?? {
          request: withUrl(params as string | URL | R),
          state: initialState(
            isReload ? 'reloading' : 'loading',
            ref.hasValue() ? ref.value() : defaultValue,
            isReload ? lastValue() : defaultValue,
          ),
          accumulated: defaultValue,
        },
    );
    const state = signal(begin.state);
    latest.set(state);
    // A value then causes one change detection by its signal, and none by the task in which it arrives.
    subscription = zone.runOutsideAngular(() =>
      states(begin)
        .pipe(
          tap((next) => {
            state.set(next);
          }),
        )
        .subscribe(),
    );
    abortSignal.addEventListener('abort', stop);
    return Promise.resolve(computed(() => state().item));
  };
  const stop = (): void => subscription?.unsubscribe();

  const ref = resource<A, unknown>({
    params: requested,
    stream,
    defaultValue,
    injector,
    ...(equal && { equal }),
    ...(debugName !== undefined && { debugName }),
  });
  // Angular's resource does not abort its request when there is no other one.
  effect(
    () => {
      if (requested() === undefined) stop();
    },
    { injector },
  );

  const ownStatus = ref.status;
  const ownValue = ref.value;
  const state = computed(() =>
    ownStatus() === 'loading'
      ? start()?.state
      : ['resolved', 'reloading', 'error'].includes(ownStatus())
        ? latest()?.()
        : undefined,
  );
  const status = computed(() => {
    if (ownStatus() === 'loading' && state()) return 'resolved';
    return (ownStatus() === 'resolved' && state()?.waiting) || ownStatus();
  });
  const value = computed(() => {
    const present = ownStatus() === 'loading' ? state() : undefined;
    return present ? present.lastValue : ownValue();
  });
  const lastValue = computed(() => {
    const present = state();
    return present ? present.lastValue : ownValue();
  });
  return Object.assign(ref, {
    // What was handed over is there when a component is created, before the loader is called.
    value: Object.assign(value, {
      set: (next: A) => {
        ownValue.set(next);
      },
      update: (updater: (present: A) => A) => {
        ownValue.update(updater);
      },
      asReadonly: () => computed(value),
    }),
    status,
    isLoading: computed(() => status() === 'loading' || status() === 'reloading'),
    connection: computed(() => state()?.connection ?? (ownStatus() === 'loading' ? 'connecting' : 'closed')),
    nextAttempt: computed(() => state()?.nextAttempt),
    progress: computed(() => state()?.progress),
    lastValue,
  }) as NdjsonResourceRef<A>;
}

const withUrl = <R extends ResourceRequest<StreamInit>>(request: string | URL | R): R =>
  typeof request === 'object' && 'url' in request ? request : ({ url: request } as R);
