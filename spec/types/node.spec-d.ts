import type { ServerResponse, createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { Http2SecureServer, Http2Server, Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { createServer as createHttp2Server, createSecureServer } from 'node:http2';
import type { NextFunction, Request as Incoming, RequestHandler, Response as Outgoing } from 'express';
import type { FastifyReply, FastifyRequest, RawServerBase, RouteGenericInterface } from 'fastify';
import type { Context } from 'koa';
import { nodeHandler, sendResponse, toRequest } from 'rxjs-http-streams/node';
import type { NodeHandler } from 'rxjs-http-streams/node';
import { describe, expectTypeOf, it } from 'vitest';

declare const fetch: (request: Request) => Promise<Response>;
/** Takes what is only compiled. */
declare const accept: (compiled: unknown) => void;

describe('types', () => {
  it('of a handler of Node are those of its servers', () => {
    expectTypeOf<NodeHandler>().toExtend<RequestListener>();
    expectTypeOf<NodeHandler>().toExtend<NonNullable<Parameters<typeof createServer>[1]>>();
    expectTypeOf<NodeHandler>().toExtend<
      (request: Http2ServerRequest, response: Http2ServerResponse) => void
    >();
    expectTypeOf<NodeHandler>().toExtend<NonNullable<Parameters<typeof createHttp2Server>[1]>>();
    expectTypeOf<NodeHandler>().toExtend<NonNullable<Parameters<typeof createSecureServer>[1]>>();
  });

  it('of a handler of Node are those of a handler of Express', () => {
    expectTypeOf<NodeHandler>().toExtend<RequestHandler>();
    expectTypeOf<NodeHandler>().toExtend<RequestHandler<{ id: string }, unknown, { question: string }>>();
  });

  it('of what Fastify has fit, over both protocols', () => {
    const handler = nodeHandler(fetch);
    accept((request: FastifyRequest, reply: FastifyReply): void => {
      handler(request.raw, reply.raw);
      sendResponse(Response.json(toRequest(request.raw, reply.raw).url), reply.raw);
    });
    accept(
      (
        request: FastifyRequest<RouteGenericInterface, Http2Server>,
        reply: FastifyReply<RouteGenericInterface, Http2Server>,
      ): void => {
        handler(request.raw, reply.raw);
      },
    );
    accept(
      (
        request: FastifyRequest<RouteGenericInterface, Http2SecureServer>,
        reply: FastifyReply<RouteGenericInterface, Http2SecureServer>,
      ): void => {
        handler(request.raw, reply.raw);
      },
    );
    accept(
      (
        request: FastifyRequest<RouteGenericInterface, RawServerBase>,
        reply: FastifyReply<RouteGenericInterface, RawServerBase>,
      ): void => {
        handler(Object.assign(request.raw, { body: request.body }), reply.raw);
      },
    );
  });

  it('of what Koa and Nest have fit', () => {
    const handler = nodeHandler(fetch);
    accept((ctx: Context): void => {
      handler(ctx.req, ctx.res);
      sendResponse(new Response(), ctx.res);
    });
    accept((req: Incoming, res: Outgoing, next: NextFunction): void => {
      handler(req, res);
      handler(req, res, next);
      sendResponse(Response.json(toRequest(req, res).url), res);
    });
  });

  it('of handlers are those of the platform', () => {
    expectTypeOf(nodeHandler)
      .parameter(0)
      .toEqualTypeOf<(request: Request) => Response | Promise<Response>>();
    expectTypeOf(toRequest).returns.toEqualTypeOf<Request>();
    void nodeHandler(fetch, { onError: undefined });
    void nodeHandler(fetch, {
      onError: (error, req) => {
        expectTypeOf(error).toEqualTypeOf<unknown>();
        expectTypeOf(req.url).toEqualTypeOf<string | undefined>();
      },
    });
    // @ts-expect-error a handler of Node is not one of the platform
    void nodeHandler((req: Request, res: ServerResponse) => res.end(req.url));
    // @ts-expect-error a text is not a Response
    void nodeHandler(() => 'text');
  });
});
