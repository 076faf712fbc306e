import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants, createGzip } from 'node:zlib';

/** Counts of the requests of one case. The query tells the cases apart. */
export interface Traffic {
  requests: number;
  /** Number of requests whose connection is still open. */
  open: number;
  lastEventIds: (string | null)[];
  /** Bytes that `/flood` could hand to the network. */
  written: number;
}

/** Waits until the client of this case says that it has what came so far. */
type Confirmed = () => Promise<void>;
type Answer = (response: ServerResponse, confirmed: Confirmed, traffic: Traffic) => unknown;

const types = { sse: 'text/event-stream', ndjson: 'application/x-ndjson', text: 'text/plain' };
const begin = (response: ServerResponse, type: keyof typeof types, headers = {}): ServerResponse =>
  response.writeHead(200, { 'content-type': types[type], ...headers });

const message = (id: number): string => `id: ${id}\ndata: ${id}\n\n`;
const FLOOD = Buffer.from(`${JSON.stringify({ text: 'x'.repeat(64 * 1024) })}\n`);

const answers: Readonly<Record<string, Answer>> = {
  /** The second half is not sent before the client has the first. */
  '/live/sse': async (response, confirmed) => {
    begin(response, 'sse').write('data: 1\n\n');
    await confirmed();
    response.end('data: 2\n\n');
  },
  '/live/ndjson': async (response, confirmed) => {
    begin(response, 'ndjson').write('1\n');
    await confirmed();
    response.end('2\n');
  },
  '/live/text': async (response, confirmed) => {
    begin(response, 'text').write('1');
    await confirmed();
    response.end('2');
  },
  '/live/gzip': async (response, confirmed) => {
    begin(response, 'ndjson', { 'content-encoding': 'gzip' });
    const gzip = createGzip();
    gzip.pipe(response);
    gzip.write('1\n');
    gzip.flush(constants.Z_SYNC_FLUSH);
    await confirmed();
    gzip.end('2\n');
  },
  '/unanswered': () => undefined,
  '/silent': (response) => {
    begin(response, 'sse').flushHeaders();
  },
  '/quiet': (response) => begin(response, 'sse').write('data: 1\n\n'),
  '/busy': (response) => {
    begin(response, 'sse');
    const timer = setInterval(() => response.write('data: 1\n\n'), 5);
    response.on('close', () => {
      clearInterval(timer);
    });
  },
  /** Three messages and half of a fourth, then an end and a cut in turns. */
  '/numbers': async (response, confirmed, { lastEventIds }) => {
    const last = Number(lastEventIds.at(-1) ?? 0);
    begin(response, 'sse').write(
      `retry: 100\n\n${message(last + 1)}${message(last + 2)}${message(last + 3)}id: 999\ndata: ha`,
    );
    await confirmed();
    if (last % 2) response.end();
    else response.socket?.destroy();
  },
  '/whole': (response) => begin(response, 'ndjson').end('1\n'),
  '/half': (response) => begin(response, 'ndjson').end('1\n{"a'),
  '/cut/chunked': async (response, confirmed) => {
    begin(response, 'ndjson').write('1\n');
    await confirmed();
    response.socket?.destroy();
  },
  '/cut/counted': async (response, confirmed) => {
    begin(response, 'ndjson', { 'content-length': '100' }).write('1\n');
    await confirmed();
    response.socket?.destroy();
  },
  '/refused': (response) => response.writeHead(429, { 'retry-after': '7' }).end('Slow down'),
  '/stop': (response) => response.writeHead(204).end(),
  /** Refuses an upload while it is being sent. */
  '/upload/refused': (response) => {
    response.req.on('error', () => undefined).resume();
    response.req.once('data', () => response.writeHead(403).end('No'));
  },
  /** Takes an upload and never answers. */
  '/upload/taken': (response, _, traffic) => {
    response.req
      .on('error', () => undefined)
      .on('data', (chunk: Buffer) => {
        traffic.written += chunk.length;
      });
  },
  '/flood': async (response, _, traffic) => {
    begin(response, 'ndjson');
    for (const give of Array.from({ length: 1_024 }, () => FLOOD)) {
      if (response.closed) return;
      if (!response.write(give)) await once(response, 'drain').catch(() => undefined);
      traffic.written += give.length;
    }
    response.end();
  },
};

/** A server on loopback that says what it sees of its clients. */
export async function serveOrigin(): Promise<{ readonly origin: string; readonly close: () => void }> {
  const traffic = new Map<string, Traffic>();
  const waiting = new Map<string, () => void>();

  const control: Readonly<Record<string, (tag: string) => unknown>> = {
    '/traffic': (tag) => traffic.get(tag) ?? { requests: 0, open: 0, lastEventIds: [], written: 0 },
    '/confirm': (tag) => {
      const confirm = waiting.get(tag);
      waiting.delete(tag);
      confirm?.();
      return confirm !== undefined;
    },
  };

  const count = (tag: string, request: IncomingMessage, response: ServerResponse): Traffic => {
    const seen = traffic.get(tag) ?? { requests: 0, open: 0, lastEventIds: [], written: 0 };
    traffic.set(tag, seen);
    seen.requests++;
    seen.open++;
    seen.lastEventIds.push(request.headers['last-event-id']?.toString() ?? null);
    response.on('close', () => {
      seen.open--;
    });
    return seen;
  };

  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '', 'http://localhost');
    response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-headers', '*');
    response.setHeader('access-control-expose-headers', '*');
    if (request.method === 'OPTIONS') {
      response.end();
    } else if (control[pathname]) {
      response.end(JSON.stringify(control[pathname](search)));
    } else {
      const confirmed: Confirmed = () => new Promise((resolve) => waiting.set(search, resolve));
      answers[pathname]?.(response, confirmed, count(search, request, response));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
