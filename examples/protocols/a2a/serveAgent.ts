import { catchError, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';

const failure = { error: { code: -32603, message: 'Internal error' } };

/** Answers `SendStreamingMessage` and `SubscribeToTask` with the events of a task. */
export async function serveAgent(events: (rpc: Rpc) => Observable<object>, request: Request) {
  const rpc = (await request.json()) as Rpc;
  const response$ = events(rpc).pipe(
    map((result): object => ({ result })),
    catchError(() => of(failure)),
  );
  return toSseResponse(response$, {
    request,
    message: (response) => ({ data: { jsonrpc: '2.0', id: rpc.id, ...response } }),
  });
}

/** A request of JSON-RPC. */
export interface Rpc {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}
