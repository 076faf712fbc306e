import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import * as core from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import * as fastifyEntry from 'fastify';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, resumable, toSseResponse } from 'rxjs-http-streams';
import * as node from 'rxjs-http-streams/node';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { expressApp } from '../../examples/frameworks/express';
import * as fastifyRecipe from '../../examples/frameworks/fastify';
import { honoServer } from '../../examples/frameworks/hono';
import { koaApp } from '../../examples/frameworks/koa';
import { StreamsModule } from '../../examples/frameworks/nest';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';
import { evaluate } from './evaluate';
import { anywhere, originOf } from './listening';

forbidUnhandledRejections();
beforeEach(() => {
  // Koa prints what a stream was cut off with.
  vi.spyOn(console, 'error').mockReturnValue();
  return () => vi.restoreAllMocks();
});

const http = { createServer: (listener: RequestListener) => anywhere(createServer(listener)) };

/** Modules and names that each snippet has around it, with a source of the spec. */
const pages: Record<
  string,
  (n$: Observable<number>) => { readonly bindings?: object; readonly modules: Record<string, object> }
> = {
  'Shut down a server of Node': (n$) => ({
    bindings: {
      listener: node.nodeHandler((request) =>
        toSseResponse(n$.pipe(map((n) => ({ data: { n } }))), { request }),
      ),
    },
    modules: { 'node:http': http },
  }),
  'Shut down Express': (n$) => ({
    modules: { 'node:http': http, './express.js': { expressApp: () => expressApp(n$) } },
  }),
  'Shut down Fastify': (n$) => ({
    modules: {
      fastify: {
        fastify: () => {
          const app = fastifyEntry.fastify();
          const listen = app.listen.bind(app);
          return Object.assign(app, { listen: () => listen({ port: 0, host: '127.0.0.1' }) });
        },
      },
      './fastify.js': {
        streams: ((app, _, done) => {
          fastifyRecipe.streams(app, { n$ }, done);
        }) as typeof fastifyRecipe.streams,
      },
    },
  }),
  'Shut down Koa': (n$) => ({
    modules: { 'node:http': http, './koa.js': { koaApp: () => koaApp(n$) } },
  }),
  'Shut down Hono and h3': (n$) => ({
    modules: { './hono.js': { honoServer: () => anywhere(honoServer(n$)) } },
  }),
  'Shut down Nest': (n$) => ({
    modules: {
      '@nestjs/core': {
        NestFactory: {
          create: async (module: object) => {
            // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a class of Nest
            const app = await core.NestFactory.create<INestApplication<Server>>(module, { logger: false });
            const listen = app.listen.bind(app);
            return new Proxy(app, {
              get: (target, name) =>
                name === 'listen' ? () => listen(0, '127.0.0.1') : (Reflect.get(target, name) as unknown),
            });
          },
        },
      },
      './nest.js': { StreamsModule: { of: () => StreamsModule.of(n$) } },
    },
  }),
};

describe.each(Object.entries(pages))('the page on a server: %s', (title, make) => {
  it('cuts its clients off at SIGTERM, closes, and ends its source', async () => {
    const numbers = producer(0);
    const process = new EventEmitter();
    const { bindings, modules } = make(numbers.source);
    const made = await evaluate<{
      server?: Server;
      app?: { readonly server?: Server; getHttpServer?: () => Server };
    }>(title, { process, ...bindings }, { modules: { 'rxjs-http-streams/node': node, ...modules } });
    const server = made.server ?? made.app?.getHttpServer?.() ?? made.app!.server!;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const origin = await originOf(server);
    const client = record(fromEventSource(`${origin}/ticks`, { reconnect: false }));
    await client.received(1);

    const closed = once(server, 'close');
    process.emit('SIGTERM');
    await closed;
    await numbers.observedBy(0);
    await client.ended();
    expect(client.error).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
  });
});

describe('the pages on Bun, Deno, workers and Next', () => {
  it.each(['Shut down Bun and Deno', 'Shut down Next'])(
    'cuts streams off at SIGTERM, and their clients may return: %s',
    async (title) => {
      const messages = producer<{ data: string }>();
      const process = new EventEmitter();
      const made = await evaluate<Partial<Record<'handler' | 'GET', (request: Request) => Response>>>(title, {
        feed: resumable(messages.source, { resetOnRefCountZero: true }),
        process,
      });
      const { url } = await webServer((made.handler ?? made.GET)!);
      const client = record(fromEventSource(url, { reconnect: false }));
      await messages.observedBy(1);
      messages.next({ data: 'a' });
      await client.received(1);
      process.emit('SIGTERM');
      await client.ended();

      expect(client.error).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
      await messages.observedBy(0);
    },
  );

  it('makes a source for each client, after its last event ID', async () => {
    const { default: worker } = await evaluate<{
      default: { fetch: (request: Request) => Response };
    }>('The source of each client', {
      pricesAfter: (id: string | undefined) => [{ id: '8', data: `after ${id}` }],
    });
    const request = new Request('http://localhost/', { headers: { 'last-event-id': '7' } });

    expect(await worker.fetch(request).text()).toContain('id: 8\ndata: after 7\n\n');
  });
});
