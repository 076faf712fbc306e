import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { NestFactory } from '@nestjs/core';
import { toNodeHandler } from 'h3/node';
import { expressApp } from './express';
import { fastifyApp } from './fastify';
import { h3App } from './h3';
import { honoApp } from './hono';
import { TicksModule } from './nest';
import type { tick$ } from './ticks';

/** Each application as a listener of `node:http`, which is what its own `listen` makes of it as well. */
export const listeners: Record<
  string,
  (source$: typeof tick$) => RequestListener | Promise<RequestListener>
> = {
  express: expressApp,
  fastify: async (source$) => {
    const app = fastifyApp(source$);
    await app.ready();
    return (request, response) => {
      app.routing(request, response);
    };
  },
  hono: (source$) => {
    const listener = getRequestListener(honoApp(source$).fetch, { overrideGlobalObjects: false });
    return (request, response) => void listener(request, response);
  },
  h3: (source$) => toNodeHandler(h3App(source$)),
  nest: async (source$) => {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class
    const app = await NestFactory.create(TicksModule.of(source$), { logger: false });
    await app.init();
    return app.getHttpAdapter().getInstance() as RequestListener;
  },
};
