import type {
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  RawServerBase,
  RouteGenericInterface,
} from 'fastify';
import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

/** Requests and replies of Fastify on HTTP/1.1 and on HTTP/2. */
type Incoming = Pick<FastifyRequest<RouteGenericInterface, RawServerBase>, 'raw' | 'body' | 'log'>;
type Outgoing = Pick<FastifyReply<RouteGenericInterface, RawServerBase>, 'raw' | 'getHeaders'> & {
  hijack(): unknown;
};

/**
 * Answers a route of Fastify by a web-standard handler, with the headers that hooks and plugins have set before, and
 * the body that Fastify has parsed.
 */
export const answeredBy =
  (handler: (request: Request) => Response | Promise<Response>) =>
  ({ raw, body, log }: Incoming, reply: Outgoing): void => {
    const onError = (error: unknown): void => {
      log.error(error);
    };
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.hijack();
    nodeHandler(handler, { onError })(Object.assign(raw, { body }), reply.raw);
  };

/** Streams as a plugin, for Fastify on HTTP/1.1 and on HTTP/2: `fastify({ http2: true }).register(streams)`. */
export const streams: FastifyPluginCallback<{ n$?: Observable<number> | undefined }, RawServerBase> = (
  app,
  { n$ = interval(1_000) },
  done,
) => {
  app.get(
    '/ticks',
    answeredBy((request) => toSseResponse(n$.pipe(map((n) => ({ data: { n } }))), { request })),
  );
  app.get(
    '/rows',
    answeredBy((request) => toNdjsonResponse(n$.pipe(map((n) => ({ n }))), { request })),
  );
  app.post(
    '/echo',
    answeredBy(async (request) => Response.json(await request.json())),
  );
  done();
};
