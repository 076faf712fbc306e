import type { ExecutionResult } from 'graphql-sse';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';

/** Answers an operation with its results, on a connection of its own. */
export const serveGraphql = (result$: Observable<ExecutionResult>, request: Request): Response =>
  toSseResponse(result$, {
    request,
    message: (data) => ({ type: 'next', data }),
    endMarker: { type: 'complete' },
  });
