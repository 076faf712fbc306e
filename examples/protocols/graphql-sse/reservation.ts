import type { ExecutionResult, RequestParams } from 'graphql-sse';
import { ReplaySubject, Subject, endWith, filter, map, mergeMap, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import type { SseMessageInit } from 'rxjs-http-streams';

/** Executes operations whose results share a connection. A client may start some before it connects. */
export function reservation(execute: (operation: RequestParams) => Observable<ExecutionResult>) {
  const started = new ReplaySubject<RequestParams>(Infinity);
  const stopped = new Subject<unknown>();
  const messagesOf = (operation: RequestParams): Observable<SseMessageInit> => {
    const id = operation.extensions?.operationId;
    const next$ = execute(operation).pipe(map((payload) => ({ type: 'next', data: { id, payload } })));
    const stop$ = stopped.pipe(filter((each) => each === id));
    return next$.pipe(endWith({ type: 'complete', data: { id } }), takeUntil(stop$));
  };
  return { started, stopped, message$: started.pipe(mergeMap(messagesOf)) };
}
