import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { NodeServer } from 'rxjs-http-streams/node';
import { expect, onTestFinished, vi } from 'vitest';
import { certificate } from '../support/certificate';

/** Written for `node:http`; that of `node:http2` has all that the specs use. */
export type Listener = (req: http.IncomingMessage, res: http.ServerResponse) => void;

/** The part of a response that a client has received. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: () => string;
  /** Resolves once the text matches. */
  readonly has: (pattern: RegExp) => Promise<void>;
  /** The end of the response: whole, or cut. */
  readonly end: Promise<'end' | 'cut'>;
}

/** A client with one connection of its own. */
export interface Client {
  readonly request: (path?: string, method?: string) => Promise<Reply>;
}

export interface Protocol {
  readonly serve: (listener: Listener) => NodeServer;
  readonly connect: (port: number) => Client;
}

const pem = certificate();
const TRUSTING = { rejectUnauthorized: false };

const reply = (
  status: number,
  headers: Readonly<Record<string, unknown>>,
  stream: NodeJS.ReadableStream,
  isWhole: () => boolean,
): Reply => {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
  });
  stream.on('error', () => undefined);
  return {
    status,
    headers,
    text: () => text,
    has: (pattern) =>
      vi.waitFor(() => {
        expect(text).toMatch(pattern);
      }, 10_000),
    end: new Promise((resolve) => {
      stream.once('close', () => {
        resolve(isWhole() ? 'end' : 'cut');
      });
    }),
  };
};

const overHttp1 = (agent: http.Agent, port: number, request: typeof http.request): Client => {
  onTestFinished(() => {
    agent.destroy();
  });
  return {
    request: (path = '/', method = 'GET') =>
      new Promise((resolve, reject) => {
        const options = { ...TRUSTING, agent, port, host: '127.0.0.1', path, method };
        request(options, (res) => {
          resolve(reply(res.statusCode ?? 0, res.headers, res, () => res.complete));
        })
          .on('error', reject)
          .end(method === 'POST' ? 'x' : undefined);
      }),
  };
};

const overHttp2 = (origin: string): Client => {
  const session = http2.connect(origin, TRUSTING).on('error', () => undefined);
  onTestFinished(() => {
    session.destroy();
  });
  return {
    request: async (path = '/', method = 'GET') => {
      const stream = session.request({ ':path': path, ':method': method });
      const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
      return reply(Number(headers[':status']), headers, stream, () => stream.rstCode === 0);
    },
  };
};

const agentOptions = { keepAlive: true, maxSockets: 1 };

/** The protocols that Node serves, each with a client. */
export const everyProtocol = {
  'HTTP/1.1': {
    serve: (listener) => http.createServer(listener),
    connect: (port) => overHttp1(new http.Agent(agentOptions), port, http.request),
  },
  'HTTP/1.1 with TLS': {
    serve: (listener) => https.createServer(pem, listener),
    connect: (port) => overHttp1(new https.Agent(agentOptions), port, https.request),
  },
  'HTTP/2': {
    serve: (listener) => http2.createServer(listener as never),
    connect: (port) => overHttp2(`http://127.0.0.1:${port}`),
  },
  'HTTP/2 with TLS': {
    serve: (listener) => http2.createSecureServer({ ...pem, allowHTTP1: true }, listener as never),
    connect: (port) => overHttp2(`https://127.0.0.1:${port}`),
  },
  'HTTP/1.1 at a server of HTTP/2': {
    serve: (listener) => http2.createSecureServer({ ...pem, allowHTTP1: true }, listener as never),
    connect: (port) => overHttp1(new https.Agent(agentOptions), port, https.request),
  },
} satisfies Readonly<Record<string, Protocol>>;

/** Listens at a free port until the test is over. */
export async function listening(server: NodeServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    if (server.listening) server.close();
  });
  return (server.address() as AddressInfo).port;
}
