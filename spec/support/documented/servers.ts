import { createAdaptorServer } from '@hono/node-server';
import { All, Controller, Inject, Module, Next, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import compression from 'compression';
import express from 'express';
import type { NextFunction, Request as Incoming, Response as Outgoing } from 'express';
import fastify from 'fastify';
import type { RouteHandlerMethod } from 'fastify';
import { H3 } from 'h3';
import { toNodeHandler as h3NodeHandler } from 'h3/node';
import { Hono } from 'hono';
import Koa from 'koa';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { Server } from 'node:net';
import { createServer as createHttp2Server } from 'node:http2';
import { nodeHandler } from 'rxjs-http-streams/node';
import { NodeRequest, toNodeHandler } from 'srvx/node';
import { answeredBy } from '../../../examples/frameworks/fastify';
import { answeredBy as koaAnsweredBy } from '../../../examples/frameworks/koa';
import { readerLoop } from './readerLoop';

/** A handler that is written once and runs on every server. */
export type Handler = (request: Request) => Response | Promise<Response>;

const srvxListener = (handler: Handler): RequestListener => toNodeHandler(handler) as RequestListener;

/** Fastify's routing of a request, for a server that is not its own. */
async function fastifyListener(handler: RouteHandlerMethod): Promise<RequestListener> {
  const app = fastify({ exposeHeadRoutes: false });
  app.route({ method: ['GET', 'HEAD', 'POST'], url: '/*', handler });
  await app.ready();
  return (request, response) => {
    app.routing(request, response);
  };
}

const HANDLER = Symbol('handler');

@Controller()
class AnyController {
  constructor(@Inject(HANDLER) private readonly handler: Handler) {}

  @All('*path')
  any(@Req() req: Incoming, @Res() res: Outgoing, @Next() next: NextFunction): void {
    nodeHandler(this.handler)(req, res, next);
  }
}

@Module({})
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- what Nest calls a module
class AnyModule {}

async function nestListener(handler: Handler): Promise<RequestListener> {
  const app = await NestFactory.create(
    { module: AnyModule, controllers: [AnyController], providers: [{ provide: HANDLER, useValue: handler }] },
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class
    { logger: ['warn', 'error', 'fatal'] },
  );
  await app.init();
  return app.getHttpAdapter().getInstance() as RequestListener;
}

function koaListener(handler: Handler): ReturnType<typeof nodeHandler> {
  const listener = new Koa().use(koaAnsweredBy(handler)).callback();
  return (req, res) => void listener(req, res);
}

/** A server of each kind that the README documents, for a handler. Hono's is last: it replaces the global classes. */
export const servers: Record<string, (handler: Handler) => Server | Promise<Server>> = {
  'node:http': (handler) => createServer(nodeHandler(handler)),
  'HTTP/2': (handler) => createHttp2Server(nodeHandler(handler)),
  'node:http with srvx': (handler) => createServer(srvxListener(handler)),
  'node:http with a reader loop': (handler) => createServer(readerLoop(handler)),
  Express: (handler) => createServer(express().all('/*path', nodeHandler(handler))),
  'Express with compression': (handler) =>
    createServer(express().use(compression()).all('/*path', nodeHandler(handler))),
  Fastify: async (handler) => createServer(await fastifyListener(answeredBy(handler))),
  'Fastify, returning the Response': async (handler) =>
    createServer(
      await fastifyListener(({ raw: req }, { raw: res }) => handler(new NodeRequest({ req, res }))),
    ),
  'Fastify on HTTP/2': async (handler) =>
    createHttp2Server((await fastifyListener(answeredBy(handler))) as never),
  'Fastify with srvx on HTTP/2': async (handler) =>
    createHttp2Server(
      (await fastifyListener((request, reply) => {
        reply.hijack();
        srvxListener(handler)(request.raw, reply.raw);
      })) as never,
    ),
  Koa: (handler) => createServer(koaListener(handler)),
  'Koa on HTTP/2': (handler) => createHttp2Server(koaListener(handler)),
  h3: (handler) => {
    const app = new H3().all('/**', ({ req }) => handler(req));
    return createServer(nodeHandler((request) => app.fetch(request)));
  },
  'h3 with h3/node': (handler) => createServer(h3NodeHandler(new H3().all('/**', ({ req }) => handler(req)))),
  NestJS: async (handler) => createServer(await nestListener(handler)),
  'Hono on the bridge': (handler) =>
    createServer(nodeHandler(new Hono().all('/*', ({ req }) => handler(req.raw)).fetch)),
  'Hono, the globals left alone': (handler) =>
    createAdaptorServer({
      fetch: new Hono().all('/*', ({ req }) => handler(req.raw)).fetch,
      overrideGlobalObjects: false,
    }),
  Hono: (handler) =>
    createAdaptorServer({ fetch: new Hono().all('/*', ({ req }) => handler(req.raw)).fetch }),
};
