import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { toSseResponse } from 'rxjs-http-streams';
import { NodeRequest } from 'srvx/node';
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
