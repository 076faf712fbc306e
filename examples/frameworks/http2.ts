import { createSecureServer } from 'node:http2';
import type { Http2SecureServer, SecureServerOptions } from 'node:http2';
import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

/**
 * A server of HTTP/2, and of HTTP/1.1 on the same port for clients that know no other. A browser has as many streams as
 * it likes over HTTP/2, and six over HTTP/1.1.
 *
 * @param identity The `key` and the `cert` of the server.
 */
export function http2Server(
  identity: SecureServerOptions,
  n$: Observable<number> = interval(1_000),
): Http2SecureServer {
  return createSecureServer(
    { ...identity, allowHTTP1: true },
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
