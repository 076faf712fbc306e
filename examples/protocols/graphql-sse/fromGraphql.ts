import type { ExecutionResult, RequestParams } from 'graphql-sse';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn, fromEventSource } from 'rxjs-http-streams';

/** Reads the results of an operation, on a connection of its own. */
export const fromGraphql = (url: string, operation: RequestParams): Observable<ExecutionResult> =>
  fromEventSource(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(operation),
  }).pipe(
    endOn(({ type }) => type === 'complete'),
    map(({ data }) => JSON.parse(data) as ExecutionResult),
  );
