import { map, tap } from 'rxjs';
import type { StreamInit } from '../client/streamInit';
import type { HandedOver } from './handedOver';
import type { StreamFormat } from './streamFormat';
import type { ResourceRequest } from './streamResourceRef';
import { initialState } from './streamState';
import type { StreamState } from './streamState';
import { streamStates } from './streamStates';

/** The point at which a resource begins to read. */
export interface StreamStart<R, A> {
  readonly request: R;
  readonly state: StreamState<A>;
  /** The value to which the first one of the stream is reduced. */
  readonly accumulated: A;
}

/**
 * Returns the start of a stream whose first value a server has handed over with the page: the value is there at once,
 * as it was rendered, and the request continues after it. Unset if nothing was handed over, or if a schema that is
 * asynchronous has yet to parse it.
 */
export function handedStart<R extends ResourceRequest<StreamInit>, V, A>(
  request: R,
  { take }: HandedOver,
  { valuesOf, continuing }: StreamFormat<R, V, unknown>,
  reduce: (accumulated: A, value: V) => A,
  defaultValue: A,
): StreamStart<R, A> | undefined {
  const received = take(request);
  const empty = initialState('loading', defaultValue, defaultValue);
  let state = empty;
  const value$ = valuesOf(received).pipe(map((value) => ({ type: 'value', value }) as const));
  streamStates(value$, empty, reduce, defaultValue)
    .pipe(
      tap((next) => {
        state = next;
      }),
    )
    .subscribe()
    .unsubscribe();
  if (received.length === 0 || state.waiting !== undefined || 'error' in state.item) return undefined;
  const continued = continuing(request, received);
  return {
    request: continued ?? request,
    state: { ...state, connection: 'connecting' },
    accumulated: continued ? state.lastValue : defaultValue,
  };
}
