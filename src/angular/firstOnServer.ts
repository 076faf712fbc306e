import { PendingTasks } from '@angular/core';
import type { Injector } from '@angular/core';
import { defer, filter, finalize, map, take, takeUntil, timer } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import type { StreamState } from './streamState';

/**
 * Emits the first state with a value or an end, for which server-side rendering waits, and unsubscribes from the
 * stream. It completes without a state when the time is over. The connection stays `'connecting'`, as it is in the
 * browser when the page starts there.
 */
export const firstOnServer =
  <T>(serverTimeout: number, injector: Injector): MonoTypeOperatorFunction<StreamState<T>> =>
  (state$) =>
    defer(() => {
      const rendered = injector.get(PendingTasks).add();
      return state$.pipe(
        filter(({ waiting }) => waiting === undefined),
        take(1),
        map((state) =>
          state.connection === 'closed' ? state : { ...state, connection: 'connecting' as const },
        ),
        finalize(rendered),
        takeUntil(timer(serverTimeout)),
      );
    });
