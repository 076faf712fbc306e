import { getRequestListener } from '@hono/node-server';
import compression from 'compression';
import express from 'express';
import fastify from 'fastify';
import type { RouteHandlerMethod } from 'fastify';
import { H3 } from 'h3';
import { toNodeHandler as h3NodeHandler } from 'h3/node';
import { Hono } from 'hono';
import Koa from 'koa';
import type { RequestListener } from 'node:http';
import { nodeHandler } from 'rxjs-http-streams/node';
import { NodeRequest, toNodeHandler } from 'srvx/node';
import { onTestFinished } from 'vitest';
import { answeredBy as fastifyAnsweredBy } from '../../examples/frameworks/fastify';
import { answeredBy as koaAnsweredBy } from '../../examples/frameworks/koa';

/** A handler that is written once and runs on every framework. */
export type Handler = (request: Request) => Response | Promise<Response>;

/** A framework, and how its users hand it a `Response`. */
export interface Framework {
  readonly name: string;
  /** An application that answers every request of whatever method with the handler's response. */
  readonly serve: (handler: Handler) => RequestListener | Promise<RequestListener>;
  /** Whether it lets go of a body that answers HEAD; whoever does not reads it to its end, and sends it nowhere. */
  readonly dropsBodyOfHead: boolean;
}

export const srvx: Framework = {
  name: 'node:http with srvx',
  dropsBodyOfHead: true,
  serve: (handler) => toNodeHandler(handler) as RequestListener,
};

const nodeHttp: Framework = {
  name: 'node:http',
  dropsBodyOfHead: true,
  serve: nodeHandler,
};

const expressWithCompression: Framework = {
  name: 'Express with compression()',
  dropsBodyOfHead: true,
  serve: (handler) => express().use(compression()).all('/', nodeHandler(handler)),
};

/** Makes the routes of Fastify for a way of answering. */
async function fastifyRouting(handler: RouteHandlerMethod): Promise<RequestListener> {
  // Its own HEAD routes take the length of what they are given, which a Response does not have.
  const app = fastify({ exposeHeadRoutes: false, forceCloseConnections: true });
  app.route({ method: ['GET', 'HEAD', 'POST'], url: '/', handler });
  await app.ready();
  return (request, response) => {
    app.routing(request, response);
  };
}

const fastifyOfRecipe: Framework = {
  name: 'Fastify, answered by the bridge',
  dropsBodyOfHead: true,
  serve: (handler) => fastifyRouting(fastifyAnsweredBy(handler)),
};

const fastifyWithResponse: Framework = {
  name: 'Fastify, returning the Response',
  dropsBodyOfHead: false,
  serve: (handler) => fastifyRouting(({ raw: req }, { raw: res }) => handler(new NodeRequest({ req, res }))),
};

const fastifyWithBody: Framework = {
  name: 'Fastify, sending the headers and the body',
  dropsBodyOfHead: false,
  serve: (handler) =>
    fastifyRouting(async ({ raw: req }, reply) => {
      const { status, headers, body } = await handler(new NodeRequest({ req, res: reply.raw }));
      return reply.code(status).headers(Object.fromEntries(headers)).send(body);
    }),
};

const hono: Framework = {
  name: 'Hono with @hono/node-server',
  dropsBodyOfHead: true,
  serve: (handler) => {
    // It puts classes of its own in the place of the platform's, for all that runs in the process.
    const { Request, Response } = globalThis;
    onTestFinished(() => {
      Object.assign(globalThis, { Request, Response });
    });
    const app = new Hono().all('/', ({ req }) => handler(req.raw));
    const listener = getRequestListener(app.fetch);
    return (request, response) => void listener(request, response);
  },
};

const h3: Framework = {
  name: 'h3 with h3/node',
  dropsBodyOfHead: true,
  serve: (handler) => h3NodeHandler(new H3().all('/', ({ req }) => handler(req))),
};

const koa: Framework = {
  name: 'Koa',
  dropsBodyOfHead: true,
  serve: (handler) => new Koa().use(koaAnsweredBy(handler)).callback(),
};

const honoOnBridge: Framework = {
  name: 'Hono',
  dropsBodyOfHead: true,
  serve: (handler) => nodeHandler(new Hono().all('/', ({ req }) => handler(req.raw)).fetch),
};

const h3OnBridge: Framework = {
  name: 'h3',
  dropsBodyOfHead: true,
  serve: (handler) => {
    const app = new H3().all('/', ({ req }) => handler(req));
    return nodeHandler((request) => app.fetch(request));
  },
};

export const frameworks = [
  nodeHttp,
  srvx,
  expressWithCompression,
  fastifyOfRecipe,
  fastifyWithResponse,
  fastifyWithBody,
  koa,
  honoOnBridge,
  hono,
  h3OnBridge,
  h3,
];
