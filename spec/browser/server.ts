import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { nodeHandler } from 'rxjs-http-streams/node';
import type { TestProject } from 'vitest/node';
import { ownResponses } from './ownResponses';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the server of the browser specs; it ends with a slash. */
    streams: string;
  }
}

/** Counts of the requests of one test. The query tells the tests apart. */
export interface Stats {
  readonly requests: number;
  /** Number of responses that are still under way. */
  readonly open: number;
  readonly lastEventIds: readonly (string | null)[];
  readonly bodies: readonly string[];
}

type Answer = (response: ServerResponse, request: IncomingMessage, body: Promise<string>) => void;

const message = (id: number): string => `id: ${id}\ndata: ${id}\n\n`;

const eventStream = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'content-type': 'text/event-stream' });

/**
 * Connections that wait to be cut, by the tag of their test: a browser may drop what it has when the cut comes
 * before the page has read it.
 */
const waiting = new Map<string, () => void>();

const tag = ({ url = '' }: IncomingMessage): string => new URL(url, 'http://localhost').search;

/** Writes again and again until the client has left. */
function repeatedly(response: ServerResponse, piece: (index: number) => string): void {
  let index = 0;
  const timer = setInterval(() => response.write(piece(index++)), 5);
  response.on('close', () => {
    clearInterval(timer);
  });
}

const answers: Readonly<Record<string, Answer>> = {
  ...Object.fromEntries(
    Object.entries(ownResponses).map(([path, respond]): [string, Answer] => [
      path,
      (response, request) => {
        waiting.set(tag(request), () => response.socket?.destroy());
        nodeHandler(respond)(request, response);
      },
    ]),
  ),
  /** Three messages a connection, then, once the client says so, an end or a cut in turns. */
  '/numbers': (response, request) => {
    const last = Number(request.headers['last-event-id'] ?? 0);
    waiting.set(tag(request), () => {
      if (last % 2) response.end();
      else response.socket?.destroy();
    });
    eventStream(response).write(
      `retry: 100\n\n${message(last + 1)}${message(last + 2)}${message(last + 3)}id: 9999\ndata: ha`,
    );
  },
  '/rows': (response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    repeatedly(response, (index) => `${JSON.stringify({ index, text: '✓' })}\n`);
  },
  '/text': (response) => {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    const bytes = Buffer.from('Grüße, 日本 🙂');
    let index = 0;
    const next = (): void => {
      if (index === bytes.length) response.end();
      else response.write(bytes.subarray(index, ++index), () => setTimeout(next, 1));
    };
    next();
  },
  '/chat': (response, _, body) => {
    void body.then((question) => {
      eventStream(response);
      for (const word of ['You', ' asked', ': ', question]) {
        response.write(`data: ${JSON.stringify({ delta: word })}\n\n`);
      }
      // The stream is left open: it is the mark that ends the answer.
      response.write('data: [DONE]\n\n');
    });
  },
  '/quiet': (response) => {
    eventStream(response).write('data: hello\n\n');
  },
  '/unanswered': () => undefined,
  '/stop': (response) => {
    response.writeHead(204).end();
  },
  '/refused': (response) => {
    response.writeHead(429, { 'retry-after': '7' }).end('Slow down');
  },
  '/page': (response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>A page</h1>');
  },
  '/dropped': (response) => {
    response.socket?.destroy();
  },
  '/cut': (response, request) => {
    response.writeHead(200).write('{"a":1}\n');
    waiting.set(tag(request), () => response.socket?.destroy());
  },
  '/cut/now': (response, request) => {
    waiting.get(tag(request))?.();
    waiting.delete(tag(request));
    response.end();
  },
};

/** A server on loopback that the specs in the browser read from; pages of any origin may. */
export default async function setup({ provide }: TestProject): Promise<() => void> {
  const seen = new Map<
    string,
    { open: number; lastEventIds: (string | null)[]; bodies: Promise<string>[] }
  >();

  const stats = async (response: ServerResponse, request: IncomingMessage): Promise<void> => {
    const { open = 0, lastEventIds = [], bodies = [] } = seen.get(tag(request)) ?? {};
    const said: Stats = {
      requests: lastEventIds.length,
      open,
      lastEventIds,
      bodies: await Promise.all(bodies),
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  };

  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', '*');
    if (request.method === 'OPTIONS') {
      response
        .writeHead(204, { 'access-control-allow-methods': '*', 'access-control-allow-headers': '*' })
        .end();
      return;
    }
    const path = new URL(request.url ?? '', 'http://localhost').pathname;
    if (path === '/stats') {
      void stats(response, request);
      return;
    }
    const answer = answers[path];
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    const body = text(request);
    if (!path.endsWith('/now')) {
      const entry = seen.get(tag(request)) ?? { open: 0, lastEventIds: [], bodies: [] };
      seen.set(tag(request), entry);
      entry.open++;
      entry.lastEventIds.push(request.headers['last-event-id']?.toString() ?? null);
      entry.bodies.push(body);
      response.on('close', () => {
        entry.open--;
      });
    }
    answer(response, request, body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  provide('streams', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return () => {
    server.closeAllConnections();
    server.close();
  };
}
