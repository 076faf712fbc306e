import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { Observable } from 'rxjs';

/** Each application on a server of `node:http`, as its own `listen` makes it. It is loaded when it is asked for. */
export const servers: Record<string, (n$?: Observable<number>) => Promise<Server>> = {
  'node:http': async (n$) => {
    const { nodeHttpServer } = await import('./nodeHttp.js');
    return nodeHttpServer(n$);
  },
  express: async (n$) => {
    const { expressApp } = await import('./express.js');
    return createServer(expressApp(n$));
  },
  fastify: async (n$) => {
    const { fastify } = await import('fastify');
    const { streams } = await import('./fastify.js');
    const app = fastify({ forceCloseConnections: true }).register(streams, { n$ });
    await app.ready();
    return app.server;
  },
  koa: async (n$) => {
    const { koaApp } = await import('./koa.js');
    const listener = koaApp(n$).callback();
    return createServer((req, res) => void listener(req, res));
  },
  hono: async (n$) => {
    const { honoServer } = await import('./hono.js');
    return honoServer(n$);
  },
  h3: async (n$) => {
    const { h3Server } = await import('./h3.js');
    return h3Server(n$);
  },
  nest: async (n$) => {
    const { NestFactory } = await import('@nestjs/core');
    const { StreamsModule } = await import('./nest.js');
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class
    const app = await NestFactory.create<INestApplication<Server>>(StreamsModule.of(n$), {
      logger: ['warn', 'error', 'fatal'],
    });
    await app.init();
    return app.getHttpServer();
  },
};
