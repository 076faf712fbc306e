import type { ExecutionResult, RequestParams } from 'graphql-sse';
import { finalize } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import { reservation } from './reservation';

/** Answers clients each of which reads the results of all its operations from one connection. */
export function serveOneConnection(execute: (operation: RequestParams) => Observable<ExecutionResult>) {
  const reservations = new Map<string, ReturnType<typeof reservation>>();
  return async (request: Request): Promise<Response> => {
    const token = request.headers.get('x-graphql-event-stream-token') ?? crypto.randomUUID();
    if (request.method === 'PUT') reservations.set(token, reservation(execute));
    const reserved = reservations.get(token);
    if (request.method === 'PUT') return new Response(token, { status: 201 });
    if (!reserved) return new Response(null, { status: 404 });
    const message$ = reserved.message$.pipe(finalize(() => reservations.delete(token)));
    if (request.method === 'GET') return toSseResponse(message$, { request });
    if (request.method === 'POST') reserved.started.next((await request.json()) as RequestParams);
    else reserved.stopped.next(new URL(request.url).searchParams.get('operationId'));
    return new Response(null, { status: request.method === 'POST' ? 202 : 200 });
  };
}
