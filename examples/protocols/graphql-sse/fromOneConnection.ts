import type { ExecutionResult, RequestParams } from 'graphql-sse';
import { NEVER, defer, filter, finalize, map, merge, mergeMap, noop, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn } from 'rxjs-http-streams';
import type { Connected } from './connected';

/** Reads the results of an operation from a connection of `oneConnection`. Unsubscribing stops the operation. */
export const fromOneConnection = (connected$: Observable<Connected>, operation: RequestParams) =>
  defer((): Observable<ExecutionResult> => {
    const id = crypto.randomUUID();
    const body = JSON.stringify({ ...operation, extensions: { operationId: id } });
    const stop = ({ send }: Connected) => send('DELETE', `?operationId=${id}`).subscribe({ error: noop });
    const start = (to: Connected) => merge(to.send('POST', '', body), NEVER).pipe(finalize(() => stop(to)));
    return connected$.pipe(
      mergeMap((connected, index) => (index === 0 ? start(connected) : of(connected))),
      filter((connected) => connected.id === id),
      endOn(({ payload }) => !payload),
      map(({ payload }) => payload!),
    );
  });
