import type { ExecutionResult } from 'graphql-sse';
import type { Observable } from 'rxjs';

/** A connection that many operations share, and a result or the end of one of them. */
export interface Connected {
  readonly send: (method: string, query: string, body?: string | null) => Observable<never>;
  readonly id?: string;
  readonly payload?: ExecutionResult;
}
