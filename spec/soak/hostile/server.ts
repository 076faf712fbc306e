import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Server, Socket } from 'node:net';
import { NEVER, concat, config, defer, finalize, interval, map, mergeMap, of, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { resumable, toChunkedResponse, toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { obey } from '../../../bench/remote';
import { footprint, held } from '../../../bench/footprint';
import type { Footprint } from '../../../bench/footprint';

/** The server that hostile clients attack, in a process of its own: HTTP/1.1 and HTTP/2, through `nodeHandler`. */

/** State of the server. */
export interface State extends Footprint {
  readonly requests: number;
  /** Sources that are subscribed, or iterated. */
  readonly sources: number;
  /** Connections, and sessions of HTTP/2. */
  readonly connections: number;
  /** Responses that are under way, by their requests. */
  readonly open: readonly string[];
  /** Events that no server may have: exceptions, rejections and warnings that nothing has caught. */
  readonly complaints: readonly string[];
}

const MIB = 1024 * 1024;
const LIMITS = { maxBufferedBytes: MIB, stallTimeout: 2_000 };
const KIBS = new Uint8Array(20 * 1024).fill(0x78);

const complaints: string[] = [];
let requests = 0;
let sources = 0;
let connections = 0;

const complain =
  (of: string) =>
  (error: unknown): void => {
    complaints.push(`${of}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
process.on('uncaughtException', complain('uncaught'));
process.on('unhandledRejection', complain('unhandled'));
process.on('warning', complain('warning'));
config.onUnhandledError = complain('RxJS');

const counted = <T>(source: Observable<T>): Observable<T> =>
  defer(() => {
    sources++;
    return source.pipe(
      finalize(() => {
        sources--;
      }),
    );
  });

function* pulled(): Generator<Uint8Array> {
  sources++;
  try {
    for (;;) yield KIBS;
  } finally {
    sources--;
  }
}

async function* pulledLater(): AsyncGenerator<number> {
  sources++;
  try {
    for (let row = 0; ; row++) {
      await new Promise(setImmediate);
      yield row;
    }
  } finally {
    sources--;
  }
}

/** A body that is none of this library's. */
function foreign(): ReadableStream<Uint8Array> {
  sources++;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(KIBS);
    },
    cancel() {
      sources--;
    },
  });
}

const feed = resumable(counted(interval(5).pipe(map((n) => ({ data: { n } })))), {
  resetOnRefCountZero: true,
});
const failure = (): Observable<never> =>
  throwError(() => Object.assign(new Error('the secret'), { status: 503 }));

const routes: Readonly<Record<string, (request: Request) => Response | Promise<Response>>> = {
  '/quiet': (request) => toSseResponse(counted(concat(of('a'), NEVER)), { request }),
  '/silent': (request) => toChunkedResponse(counted(NEVER), { request }),
  '/feed': (request) => toSseResponse(feed, { request, ...LIMITS }),
  '/flood': (request) =>
    toChunkedResponse(counted(interval(1).pipe(map(() => KIBS))), { request, ...LIMITS }),
  '/pulled': () => toChunkedResponse(pulled(), LIMITS),
  '/pulled/later': (request) => toNdjsonResponse(pulledLater(), { request, ...LIMITS }),
  '/failing': (request) =>
    toSseResponse(counted(concat(of('a', 'b'), timer(5).pipe(mergeMap(failure)))), { request }),
  '/failing/text': () => toChunkedResponse(counted(concat(of('a', 'b'), failure()))),
  '/first': (request) =>
    toSseResponse(counted(concat(timer(20), interval(5)).pipe(map((n) => String(n)))), {
      request,
      awaitFirst: true,
    }),
  '/first/failing': (request) =>
    toSseResponse(counted(timer(20).pipe(mergeMap(failure))), { request, awaitFirst: true }),
  '/foreign': () => new Response(foreign()),
  '/read': async (request) => new Response(String((await request.text()).length)),
  '/throwing': () => {
    throw new Error('the secret');
  },
  '/whole': (request) => toNdjsonResponse([1, 2, 3], { request, terminal: 'notification' }),
};

/** A handler that throws is a case as well. */
const answer = nodeHandler(
  (request) => {
    requests++;
    return routes[new URL(request.url).pathname]?.(request) ?? new Response(null, { status: 404 });
  },
  { onError: () => undefined },
);

/**
 * Exchanges whose connection is open. Node 20 does not tell a queued response of a pipeline that its connection closed.
 */
const open = new Map<string, Socket>();
const listener: typeof answer = (req, res) => {
  const name = `${requests} HTTP/${req.httpVersion} ${req.method} ${req.url}`;
  open.set(name, req.socket);
  res.once('close', () => open.delete(name));
  answer(req, res);
};

const count = (member: { once: (event: 'close', closed: () => void) => unknown }): void => {
  connections++;
  member.once('close', () => {
    connections--;
  });
};

/**
 * Node does not read from a connection whose request has a body that nobody reads, and so does not see that the client
 * has left. A response that writes something sees it; otherwise the limits of Node's server do, here sooner than after
 * 300 s.
 */
const TIMES = { headersTimeout: 5_000, requestTimeout: 10_000, connectionsCheckingInterval: 1_000 };

const servers: readonly Server[] = [
  createServer(TIMES, listener).on('connection', count),
  createHttp2Server(listener).on('session', count),
];

function stillOpen(): string[] {
  for (const [name, socket] of open) if (socket.destroyed) open.delete(name);
  return [...open.keys()];
}

const commands = {
  /** Answers with the ports of HTTP/1.1 and of HTTP/2. */
  listen: (): Promise<number[]> =>
    Promise.all(
      servers.map(
        (server) =>
          new Promise<number>((resolve) => {
            server.listen({ port: 0, host: '127.0.0.1', backlog: 256 }, () => {
              resolve((server.address() as AddressInfo).port);
            });
          }),
      ),
    ),
  paths: (): string[] => Object.keys(routes),
  look: (): State => ({
    ...footprint(),
    requests,
    sources,
    connections,
    open: stillOpen(),
    complaints,
  }),
  held,
  close: (): void => {
    for (const server of servers) server.close();
  },
};

export type HostileServerCommands = typeof commands;

obey(commands);
