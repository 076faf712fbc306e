import fastify from 'fastify';
import type { FastifyInstance, RouteHandlerMethod } from 'fastify';
import type { Http2Server, Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { toSseResponse } from 'rxjs-http-streams';
import { NodeRequest, toNodeHandler } from 'srvx/node';
import { tick$ } from './ticks';

/**
 * Fastify sends a `Response` that a handler returns. Its own HEAD routes do not: they ask it for its length, so HEAD is
 * a method of the route here. `forceCloseConnections` lets `close()` end open streams.
 */
export const fastifyApp = (source$ = tick$): FastifyInstance =>
  fastify({ exposeHeadRoutes: false, forceCloseConnections: true }).route({
    method: ['GET', 'HEAD'],
    url: '/ticks',
    handler: ({ raw: req }, { raw: res }) =>
      toSseResponse(source$, { request: new NodeRequest({ req, res }) }),
  });

type Handler = (request: Http2ServerRequest, response: Http2ServerResponse) => unknown;

/**
 * On HTTP/2 Fastify ends a body that fails as if it were whole: it destroys the stream without an error, which resets it
 * with NO_ERROR. srvx resets it with INTERNAL_ERROR, so Fastify only routes here, and leaves the answer to srvx. Headers
 * that other plugins have set with `reply.header` are not sent.
 */
export function fastifyHttp2App(source$ = tick$): FastifyInstance<Http2Server> {
  const answer = toNodeHandler((request) => toSseResponse(source$, { request })) as Handler;
  const handler: RouteHandlerMethod<Http2Server, Http2ServerRequest, Http2ServerResponse> = (
    { raw: req },
    reply,
  ) => {
    reply.hijack();
    return answer(req, reply.raw);
  };
  return fastify({ http2: true, exposeHeadRoutes: false }).route({
    method: ['GET', 'HEAD'],
    url: '/ticks',
    handler,
  });
}
