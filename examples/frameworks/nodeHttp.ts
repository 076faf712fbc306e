import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

/** A server of `node:http`, which routes nothing by itself: the methods and paths are up to this handler. */
export function nodeHttpServer(n$: Observable<number> = interval(1_000)): Server {
  return createServer(
    nodeHandler(async (request) => {
      const { pathname } = new URL(request.url);
      switch (`${request.method} ${pathname}`) {
        case 'GET /ticks':
        case 'HEAD /ticks':
          return toSseResponse(n$.pipe(map((n) => ({ data: { n } }))), { request });
        case 'GET /rows':
        case 'HEAD /rows':
          return toNdjsonResponse(n$.pipe(map((n) => ({ n }))), { request });
        case 'POST /echo':
          return Response.json(await request.json());
        default:
          return new Response('Not found\n', { status: 404 });
      }
    }),
  );
}
