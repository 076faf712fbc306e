import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { text } from 'node:stream/consumers';
import fastifyCompress from '@fastify/compress';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import compression from 'compression';
import cors from 'cors';
import express from 'express';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { H3 } from 'h3';
import { Hono } from 'hono';
import { except } from 'hono/combine';
import { compress as honoCompress } from 'hono/compress';
import { setCookie } from 'hono/cookie';
import { cors as honoCors } from 'hono/cors';
import { etag } from 'hono/etag';
import Koa from 'koa';
import koaCompress from 'koa-compress';
import { EMPTY, concat, defer, map, of, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource, fromNdjsonFetch, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { afterEach, describe, expect, it } from 'vitest';
import { expressApp } from '../../examples/frameworks/express';
import { streams } from '../../examples/frameworks/fastify';
import { h3App } from '../../examples/frameworks/h3';
import { honoApp } from '../../examples/frameworks/hono';
import { koaApp } from '../../examples/frameworks/koa';
import { StreamsModule } from '../../examples/frameworks/nest';
import { producer } from '../support/producer';
import { koaListener, opened } from '../support/recipes';
import type { Opened } from '../support/recipes';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

/** Reads a message while the next is not yet made, of a response that nothing has compressed. */
async function expectLive(serve: (n$: Observable<number>) => Promise<Opened>): Promise<void> {
  const numbers = producer(0);
  const { origin, fetch } = await serve(numbers.source);
  const { headers, body } = await fetch(`${origin}/ticks`);
  await body?.cancel();
  expect(headers.get('content-encoding')).toBe(null);
  for (const recording of [
    record<unknown>(fromEventSource(`${origin}/ticks`, { fetch })),
    record<unknown>(fromNdjsonFetch(`${origin}/rows`, { fetch })),
  ]) {
    await recording.received(1);
    numbers.next(1);
    await recording.received(2);
    recording.subscription.unsubscribe();
  }
  await numbers.observedBy(0);
}

const fastifyServer = async (app: FastifyInstance): Promise<Server> => {
  await app.ready();
  return app.server;
};

describe('headers that middleware has set before', () => {
  const expressMiddleware: RequestHandler = (_, res, next) => {
    res.append('set-cookie', 'a=1').append('set-cookie', 'b=2');
    next();
  };
  const ways: Record<string, (n$: Observable<number>) => Promise<Opened>> = {
    Express: (n$) => opened(createServer(express().use(cors()).use(expressMiddleware).use(expressApp(n$)))),
    Fastify: async (n$) => {
      const app = fastify();
      app.addHook('onRequest', (_, reply, done) => {
        reply.header('access-control-allow-origin', '*').header('set-cookie', ['a=1', 'b=2']);
        done();
      });
      return opened(await fastifyServer(app.register(streams, { n$ })));
    },
    'Fastify on HTTP/2': async (n$) => {
      const app = fastify({ http2: true });
      app.addHook('onRequest', (_, reply, done) => {
        reply.header('access-control-allow-origin', '*').header('set-cookie', ['a=1', 'b=2']);
        done();
      });
      app.register(streams, { n$ });
      await app.ready();
      return opened(app.server, 'HTTP/2');
    },
    Koa: (n$) => {
      const app = new Koa();
      app.use(async (ctx, next) => {
        ctx.set('access-control-allow-origin', '*');
        ctx.append('set-cookie', 'a=1');
        ctx.append('set-cookie', 'b=2');
        await next();
      });
      koaApp(n$).middleware.forEach((middleware) => app.use(middleware));
      return opened(createServer(koaListener(app)));
    },
    Hono: (n$) => {
      const app = new Hono()
        .use(honoCors())
        .use(async (c, next) => {
          setCookie(c, 'a', '1', { path: '' });
          setCookie(c, 'b', '2', { path: '' });
          await next();
        })
        .route('/', honoApp(n$));
      return opened(createServer(nodeHandler(app.fetch)));
    },
    h3: (n$) => {
      const app = new H3().use(({ res }) => {
        for (const headers of [res.headers, res.errHeaders]) {
          headers.set('access-control-allow-origin', '*');
          headers.append('set-cookie', 'a=1');
          headers.append('set-cookie', 'b=2');
        }
      });
      app.mount('', h3App(n$));
      return opened(createServer(nodeHandler((request) => app.fetch(request))));
    },
    Nest: async (n$) => {
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest's options are a class
      const app = await NestFactory.create<INestApplication<Server>>(StreamsModule.of(n$), {
        logger: false,
        cors: true,
      });
      app.use(expressMiddleware);
      await app.init();
      return opened(app.getHttpServer());
    },
  };

  it.each(Object.entries(ways))('are there as well: %s', async (_, serve) => {
    const { origin, fetch } = await serve(EMPTY);
    const { headers, body } = await fetch(`${origin}/ticks`);
    await body?.cancel();
    expect(headers.get('content-type')).toBe('text/event-stream');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it.each(Object.entries(ways))('are those of a failure, too: %s', async (_, serve) => {
    const { origin, fetch } = await serve(throwError(() => new Error('the secret')));
    const response = await fetch(`${origin}/rows`);
    expect(response.status).toBe(500);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('Internal error');
  });
});

describe('compression in front', () => {
  const question = JSON.stringify({ question: 'why? '.repeat(1_000) });
  const asking = { method: 'POST', headers: { 'content-type': 'application/json' }, body: question };

  const expressCompressing = (n$: Observable<number>): Promise<Opened> =>
    opened(
      createServer(
        express()
          .use(compression({ threshold: 0 }))
          .use(expressApp(n$)),
      ),
    );

  it('leaves streams alone in Express, because of no-transform', async () => {
    await expectLive(expressCompressing);
  });

  it('works for any other response of a handler in Express', async () => {
    const { origin } = await expressCompressing(EMPTY);
    const response = await fetch(`${origin}/echo`, asking);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(JSON.stringify(await response.json())).toBe(question);
  });

  it('takes a stream without no-transform in Express', async () => {
    const headers = { 'cache-control': 'no-cache' };
    const app = express().use(compression({ threshold: 0 }));
    app.get(
      '/ticks',
      nodeHandler((request) => toSseResponse(of('a'), { request, headers })),
    );
    const { origin } = await opened(createServer(app));
    const response = await fetch(`${origin}/ticks`);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(await response.text()).toContain('data: a\n\n');
  });

  // It knows `no-transform` not at all, and spares event streams alone, unless it is told to take them.
  const compressed = { threshold: 0, customTypes: /event-stream|ndjson/ };

  it('takes a Response that is returned in Fastify, in spite of no-transform', async () => {
    const app = fastify().register(fastifyCompress, compressed);
    app.register((scope, _, done) => {
      scope.get('/ticks', () => toSseResponse(of('a')));
      scope.get('/spared', { compress: false }, () => toSseResponse(of('a')));
      done();
    });
    const { origin } = await opened(await fastifyServer(app));
    const [response, spared] = [await fetch(`${origin}/ticks`), await fetch(`${origin}/spared`)];
    expect(response.headers.get('cache-control')).toContain('no-transform');
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(spared.headers.get('content-encoding')).toBe(null);
    expect(await response.text()).toBe(await spared.text());
  });

  it('leaves the recipe for Fastify alone', async () => {
    await expectLive(async (n$) => {
      const app = fastify().register(fastifyCompress, compressed);
      return opened(await fastifyServer(app.register(streams, { n$ })));
    });
  });

  it('leaves the recipe for Fastify alone on HTTP/2', async () => {
    await expectLive(async (n$) => {
      const app = fastify({ http2: true });
      await app.register(fastifyCompress, compressed);
      await app.register(streams, { n$ });
      await app.ready();
      return opened(app.server, 'HTTP/2');
    });
  });

  const koaCompressing = (n$: Observable<number>): Promise<Opened> => {
    const app = new Koa();
    app.use(koaCompress({ threshold: 0, filter: () => true }));
    app.use(async (ctx, next) => {
      await next();
      if (ctx.path === '/page') ctx.body = 'a page';
      if (ctx.path === '/body') ctx.body = toSseResponse(of('a'));
    });
    koaApp(n$).middleware.forEach((middleware) => app.use(middleware));
    return opened(createServer(koaListener(app)));
  };

  it('leaves streams alone in Koa, and not the rest', async () => {
    await expectLive(koaCompressing);
    const { origin } = await koaCompressing(EMPTY);
    expect((await fetch(`${origin}/page`)).headers.get('content-encoding')).toBe('gzip');
    expect((await fetch(`${origin}/body`)).headers.get('content-encoding')).toBe(null);
  });

  it('leaves streams alone in Hono, because of no-transform, and not the rest', async () => {
    const serve = (n$: Observable<number>): Promise<Opened> => {
      const app = new Hono()
        .use(honoCompress({ threshold: 0 }))
        .get('/page', (c) => c.text('a page'))
        .route('/', honoApp(n$));
      return opened(createServer(nodeHandler(app.fetch)));
    };
    await expectLive(serve);
    const { origin } = await serve(EMPTY);
    expect((await fetch(`${origin}/page`)).headers.get('content-encoding')).toBe('gzip');
  });
});

describe("Hono's etag()", () => {
  it('reads a stream to its end before the first byte is sent', async () => {
    const numbers = producer(0);
    const app = new Hono().use(etag()).route('/', honoApp(numbers.source));
    const { origin } = await opened(createServer(nodeHandler(app.fetch)));
    const response = fetch(`${origin}/ticks`);
    await numbers.observedBy(1);
    numbers.complete();
    // It is the digest of all that the source has given.
    expect((await response).headers.get('etag')).toMatch(/^"\w+"$/);
    expect(await (await response).text()).toContain('data: {"n":0}\n\n');
  });

  it('does no harm where it leaves streams out', async () => {
    const serve = (n$: Observable<number>): Promise<Opened> => {
      const app = new Hono()
        .use(except(['/ticks', '/rows'], etag()))
        .get('/page', (c) => c.text('a page'))
        .route('/', honoApp(n$));
      return opened(createServer(nodeHandler(app.fetch)));
    };
    await expectLive(serve);
    const { origin } = await serve(EMPTY);
    expect((await fetch(`${origin}/page`)).headers.get('etag')).toMatch(/^"\w+"$/);
  });
});

describe('a body that a parser has read', () => {
  it('is there for a handler in Koa', async () => {
    const app = new Koa();
    app.use(async (ctx, next) => {
      if (ctx.method === 'POST')
        Object.assign(ctx.request, { body: JSON.parse(await text(ctx.req)) as unknown });
      await next();
    });
    koaApp().middleware.forEach((middleware) => app.use(middleware));
    const { origin } = await opened(createServer(koaListener(app)));
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${origin}/echo`, { method: 'POST', headers, body: '{"q":[1]}' });
    expect(await response.json()).toEqual({ q: [1] });
  });
});

describe('a handler that fails', () => {
  const nonsense = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"nonsense' };

  it('is a failure to the error handlers of Express', async () => {
    const said: unknown[] = [];
    const refuse: ErrorRequestHandler = (error: unknown, _, res, next) => {
      said.push(error);
      if (res.headersSent) next(error);
      else res.status(418).end();
    };
    const { origin } = await opened(createServer(express().use(expressApp()).use(refuse)));
    expect((await fetch(`${origin}/echo`, nonsense)).status).toBe(418);
    expect(said).toEqual([expect.any(SyntaxError)]);
  });

  it('is told to the log of Fastify', async () => {
    let log = '';
    const stream = { write: (line: string) => void (log += line) };
    const app = fastify({ logger: { level: 'error', stream } }).register(streams, {});
    const { origin } = await opened(await fastifyServer(app));
    const response = await fetch(`${origin}/echo`, nonsense);
    expect(response.status).toBe(500);
    expect(await response.text()).toBe('Internal error');
    expect(log).toContain('SyntaxError');
  });

  it('is told to the application of Koa', async () => {
    const app = koaApp();
    const said = once(app, 'error');
    const { origin } = await opened(createServer(koaListener(app)));
    expect((await fetch(`${origin}/echo`, nonsense)).status).toBe(500);
    expect((await said)[0]).toBeInstanceOf(SyntaxError);
  });
});

describe('the context of a request', () => {
  const users = new AsyncLocalStorage<number>();
  const user$ = concat(
    defer(() => of(users.getStore() ?? NaN)),
    timer(1).pipe(map(() => users.getStore() ?? NaN)),
  );
  afterEach(() => {
    expect(users.getStore()).toBe(undefined);
  });

  const expectContext = async ({ origin }: Opened): Promise<void> => {
    for (const path of ['ticks', 'rows']) {
      const response = await fetch(`${origin}/${path}`);
      expect((await response.text()).match(/"n":\w+/g)).toEqual(['"n":7', '"n":7']);
    }
  };

  it('is that of the source in Express', async () => {
    const app = express().use((_req, _res, next) => {
      users.run(7, next);
    });
    await expectContext(await opened(createServer(app.use(expressApp(user$)))));
  });

  it('is that of the source in Fastify', async () => {
    const app = fastify();
    app.addHook('onRequest', (_req, _reply, done) => {
      users.run(7, done);
    });
    await expectContext(await opened(await fastifyServer(app.register(streams, { n$: user$ }))));
  });
});
