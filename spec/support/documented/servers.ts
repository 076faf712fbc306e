import { createAdaptorServer } from '@hono/node-server';
import { All, Controller, Inject, Module, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import compression from 'compression';
import express from 'express';
import fastify from 'fastify';
import type { RouteHandlerMethod } from 'fastify';
import { H3 } from 'h3';
import { toNodeHandler as h3NodeHandler } from 'h3/node';
import { Hono } from 'hono';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Server } from 'node:net';
import { createServer as createHttp2Server } from 'node:http2';
import { NodeRequest, toNodeHandler } from 'srvx/node';
import { readerLoop } from './readerLoop';

/** A handler that is written once and runs on every server. */
export type Handler = (request: Request) => Response | Promise<Response>;

const listener = (handler: Handler): RequestListener => toNodeHandler(handler) as RequestListener;

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
  async any(@Req() req: IncomingMessage): Promise<Response> {
    return this.handler(new NodeRequest({ req }));
  }
}

@Module({})
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- what Nest calls a module
class AnyModule {}

async function nestListener(handler: Handler): Promise<RequestListener> {
  const app = await NestFactory.create(
    { module: AnyModule, controllers: [AnyController], providers: [{ provide: HANDLER, useValue: handler }] },
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class
    { logger: ['warn', 'error', 'fatal'] },
  );
  await app.init();
  return app.getHttpAdapter().getInstance() as RequestListener;
}

/** A server of each kind that the README documents, for a handler. Hono's is last: it replaces the global classes. */
export const servers: Record<string, (handler: Handler) => Server | Promise<Server>> = {
  'node:http with srvx': (handler) => createServer(listener(handler)),
  'node:http with a reader loop': (handler) => createServer(readerLoop(handler)),
  Express: (handler) => createServer(express().all('/*path', listener(handler))),
  'Express with compression': (handler) =>
    createServer(express().use(compression()).all('/*path', listener(handler))),
  Fastify: async (handler) =>
    createServer(
      await fastifyListener(({ raw: req }, { raw: res }) => handler(new NodeRequest({ req, res }))),
    ),
  'Fastify on HTTP/2': async (handler) =>
    createHttp2Server(
      (await fastifyListener((request, reply) => {
        reply.hijack();
        listener(handler)(request.raw, reply.raw);
      })) as never,
    ),
  h3: (handler) => createServer(h3NodeHandler(new H3().all('/**', ({ req }) => handler(req)))),
  NestJS: async (handler) => createServer(await nestListener(handler)),
  'Hono, the globals left alone': (handler) =>
    createAdaptorServer({
      fetch: new Hono().all('/*', ({ req }) => handler(req.raw)).fetch,
      overrideGlobalObjects: false,
    }),
  Hono: (handler) =>
    createAdaptorServer({ fetch: new Hono().all('/*', ({ req }) => handler(req.raw)).fetch }),
};
