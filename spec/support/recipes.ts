import { getRequestListener } from '@hono/node-server';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import fastify from 'fastify';
import { toNodeHandler as h3NodeHandler } from 'h3/node';
import type Koa from 'koa';
import type { Observable } from 'rxjs';
import type { StreamFetch } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { Agent, H2CClient, fetch as fetchOfUndici } from 'undici';
import type { Dispatcher } from 'undici';
import { onTestFinished, vi } from 'vitest';
import { streams } from '../../examples/frameworks/fastify';
import { h3App } from '../../examples/frameworks/h3';
import { honoApp } from '../../examples/frameworks/hono';
import { http2Server } from '../../examples/frameworks/http2';
import { koaApp } from '../../examples/frameworks/koa';
import { servers } from '../../examples/frameworks/servers';
import { certificate } from './certificate';

/** A server that listens, and a `fetch` that speaks its protocol. */
export interface Opened {
  readonly origin: string;
  /** Each call of it has a connection of its own where that matters. */
  readonly fetch: typeof globalThis.fetch & StreamFetch;
}

/** Protocols of a client, and what carries its requests. */
const dispatchers = {
  'HTTP/1.1': undefined,
  'HTTP/1.1 over TLS': (_: string, ca: string) => new Agent({ connect: { ca }, allowH2: false }),
  'HTTP/2 over TLS': (_: string, ca: string) => new Agent({ connect: { ca }, allowH2: true }),
  'HTTP/2': (origin: string) => new H2CClient(origin),
} satisfies Record<string, ((origin: string, ca: string) => Dispatcher) | undefined>;

export type Protocol = keyof typeof dispatchers;

/** Listens on a free port until the test is over. */
export async function opened(server: Server, protocol: Protocol = 'HTTP/1.1', ca = ''): Promise<Opened> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const scheme = protocol.endsWith('TLS') ? 'https' : 'http';
  const origin = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clients: Dispatcher[] = [];
  onTestFinished(async () => {
    await Promise.all(clients.map((client) => client.destroy()));
    server.close();
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)();
  });
  const make = dispatchers[protocol];
  if (!make) return { origin, fetch: globalThis.fetch };
  const fetch = (input: string, init: object): unknown => {
    // undici closes the connection of a stream that is left, and every other stream of it.
    const dispatcher = make(origin, ca);
    clients.push(dispatcher);
    return fetchOfUndici(input, { ...init, dispatcher });
  };
  return { origin, fetch: fetch as never };
}

/** An application of Koa as a listener, whose promise nobody needs. */
export function koaListener(app: Koa): ReturnType<typeof nodeHandler> {
  const listener = app.callback();
  return (req, res) => void listener(req, res);
}

/** A recipe of `examples/frameworks`, and a client for it. */
export interface Recipe {
  readonly name: string;
  readonly protocol: Protocol;
  readonly serve: (n$: Observable<number>) => Promise<Opened>;
}

const recipe = (
  name: string,
  make: (n$: Observable<number>) => Server | Promise<Server>,
  protocol: Protocol = 'HTTP/1.1',
): Recipe => ({ name, protocol, serve: async (n$) => opened(await make(n$), protocol) });

const secure = (protocol: Protocol): Recipe => ({
  name: 'node:http2 with allowHTTP1',
  protocol,
  serve: (n$) => {
    const identity = certificate();
    return opened(http2Server(identity, n$), protocol, identity.cert);
  },
});

type Handler = (request: Request) => Response | Promise<Response>;

type Route = Partial<Record<string, Handler>> & { readonly GET?: Handler };

let copies = 0;

/**
 * The routes of the example, routed as Next does it. A file of routes exports routes alone: its source is `interval`.
 */
async function nextServer(n$: Observable<number>): Promise<Server> {
  copies++;
  vi.doMock('rxjs', async (original) => ({ ...(await original<object>()), interval: () => n$ }));
  const folder = '../../examples/frameworks/next/app';
  const routes = new Map<string, Route>();
  for (const name of ['ticks', 'rows', 'echo']) {
    routes.set(`/${name}`, (await import(`${folder}/${name}/route.ts?${copies}`)) as Route);
  }
  vi.doUnmock('rxjs');
  return createServer(
    nodeHandler((request) => {
      const route = routes.get(new URL(request.url).pathname) ?? {};
      const handler = route[request.method] ?? (request.method === 'HEAD' ? route.GET : undefined);
      return handler?.(request) ?? new Response(null, { status: 405 });
    }),
  );
}

export const recipes: readonly Recipe[] = [
  ...Object.entries(servers).map(([name, make]) => recipe(name, make)),
  secure('HTTP/1.1 over TLS'),
  secure('HTTP/2 over TLS'),
  recipe(
    'fastify',
    async (n$) => {
      const app = fastify({ http2: true }).register(streams, { n$ });
      await app.ready();
      return app.server;
    },
    'HTTP/2',
  ),
  recipe('koa', (n$) => createHttp2Server(koaListener(koaApp(n$))), 'HTTP/2'),
  recipe('hono', (n$) => createHttp2Server(nodeHandler(honoApp(n$).fetch)), 'HTTP/2'),
  recipe(
    'h3',
    (n$) => {
      const app = h3App(n$);
      return createHttp2Server(nodeHandler((request) => app.fetch(request)));
    },
    'HTTP/2',
  ),
  recipe('hono with @hono/node-server', (n$) => {
    const listener = getRequestListener(honoApp(n$).fetch, { overrideGlobalObjects: false });
    return createServer((request, response) => void listener(request, response));
  }),
  recipe('h3 with h3/node', (n$) => createServer(h3NodeHandler(h3App(n$)))),
  recipe('next', nextServer),
];
