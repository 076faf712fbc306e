import { startWith } from 'rxjs';
import type { Observable } from 'rxjs';
import { durable, toSseResponse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';

/** Answers the start of a run, and a client that joins it. A run goes on without its client. */
export function serveRuns(run: (payload: unknown) => Observable<SseMessageInit>) {
  const runs = durable();
  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const joined = /\/runs\/([^/]+)\/stream$/.exec(pathname)?.[1];
    if (joined) return toSseResponse(runs.follow(joined), { request, awaitFirst: true });
    if (request.method === 'GET') return new Response(null, { status: 404 });
    const id = crypto.randomUUID();
    const path = pathname.replace(/stream$/, id);
    const headers = { location: `${path}/stream`, 'content-location': path };
    const run$ = run(await request.json()).pipe(startWith({ type: 'metadata', data: { run_id: id } }));
    return toSseResponse(runs.run(id, run$), { request, headers });
  };
}
