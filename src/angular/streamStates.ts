import { catchError, defer, endWith, map, of, scan } from 'rxjs';
import type { Observable } from 'rxjs';
import type { LifecycleEvent } from '../client/lifecycle';
import { stateAfter } from './streamState';
import type { StreamEvent, StreamState } from './streamState';

/**
 * Emits the state of a resource after each event of its stream. It does not error: an error of the stream or of
 * `reduce` is a state.
 */
export const streamStates = <V, A>(
  life$: Observable<LifecycleEvent<V>>,
  start: StreamState<A>,
  reduce: (accumulated: A, value: V) => A,
  defaultValue: A,
): Observable<StreamState<A>> =>
  defer(() => {
    let accumulated = defaultValue;
    return life$.pipe(
      map((event): StreamEvent<A> =>
        event.type === 'value'
          ? { type: 'value', value: (accumulated = reduce(accumulated, event.value)) }
          : event,
      ),
      endWith({ type: 'completed' } as const),
      catchError((error: unknown) => of({ type: 'failed', error } as const)),
      scan(stateAfter<A>, start),
    );
  });
