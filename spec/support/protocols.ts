import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { noop } from 'rxjs';
import type { NodeServer } from 'rxjs-http-streams/node';
import { onTestFinished } from 'vitest';
import { certificate } from './certificate';

/** Written for `node:http`; that of `node:http2` has all that the specs use. */
export type Listener = (req: http.IncomingMessage, res: http.ServerResponse) => unknown;

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Is sent at once, and in whole, unless the client goes on to write. */
  readonly body?: string;
}

/** An exchange in the hands of a client that knows no `fetch`. */
export interface ClientExchange {
  readonly head: Promise<{ readonly status: number; readonly headers: http.IncomingHttpHeaders }>;
  /** Settles with all that has come once a part is in it. */
  readonly seen: (part: string) => Promise<string>;
  /** Settles when the response is over: what has come of it, and how it ended. */
  readonly over: Promise<{
    readonly text: string;
    readonly cut: boolean;
    readonly rstCode: number | undefined;
  }>;
  readonly request: Writable;
  readonly response: Promise<Readable>;
  readonly leave: () => void;
  /** Ends the exchange without an error, and then the connection. */
  readonly disconnect: () => void;
}

/** A client, which asks a server for something. */
export type Client = (asked?: Asked) => ClientExchange;

export interface Protocol {
  readonly name: string;
  /** Makes a server that does not listen yet. */
  readonly createServer: (listener: Listener) => NodeServer;
  /** Makes a client of a port that keeps its connections until the test is over. */
  readonly connect: (port: number) => Client;
  /** Serves until the test is over, and makes a client. */
  readonly serve: (listener: Listener) => Promise<Client>;
}

/** Listens at a free port until the test is over. */
export async function listening(server: NodeServer): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    if (server.listening) server.close();
  });
  return (server.address() as AddressInfo).port;
}

function exchange(
  request: Writable,
  head: ClientExchange['head'],
  response: Promise<Readable>,
  end: (response: Readable) => { readonly cut: boolean; readonly rstCode?: number | undefined },
  leave: () => void,
  disconnect = leave,
): ClientExchange {
  let text = '';
  let awaited: (() => void)[] = [];
  head.catch(noop);
  const over = response.then(
    (readable) =>
      new Promise<{ text: string; cut: boolean; rstCode: number | undefined }>((resolve) => {
        readable
          .setEncoding('utf8')
          .on('data', (chunk: string) => {
            text += chunk;
            for (const look of awaited) look();
          })
          .on('error', noop)
          .once('close', () => {
            resolve({ text, rstCode: undefined, ...end(readable) });
          });
      }),
    () => ({ text, cut: true, rstCode: undefined }),
  );
  request.on('error', noop);
  return {
    head,
    response,
    over,
    request,
    leave,
    disconnect,
    seen: (part) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!text.includes(part)) return;
          awaited = awaited.filter((other) => other !== look);
          resolve(text);
        };
        awaited = [...awaited, look];
        look();
      }),
  };
}

const TRUSTING = { rejectUnauthorized: false };

const isOpen = ({ method = 'GET', body }: Asked): boolean =>
  body === undefined && method !== 'GET' && method !== 'HEAD';

const overHttp1 =
  (agentOf: (options: http.AgentOptions) => http.Agent, request: typeof http.request) =>
  (port: number): Client => {
    const agent = agentOf({ keepAlive: true });
    onTestFinished(() => {
      agent.destroy();
    });
    return (asked = {}) => {
      const { method = 'GET', path = '/', headers = {}, body } = asked;
      const outgoing = request({ ...TRUSTING, agent, host: '127.0.0.1', port, method, path, headers });
      const response = new Promise<http.IncomingMessage>((resolve, reject) => {
        outgoing.once('response', resolve).once('error', reject);
      });
      if (isOpen(asked)) outgoing.flushHeaders();
      else outgoing.end(body);
      return exchange(
        outgoing,
        response.then(({ statusCode = 0, headers }) => ({ status: statusCode, headers })),
        response,
        (readable) => ({ cut: 'complete' in readable && readable.complete !== true }),
        () => {
          outgoing.destroy();
        },
      );
    };
  };

const overHttp2 =
  (scheme: 'http' | 'https') =>
  (port: number): Client => {
    const session = http2.connect(`${scheme}://127.0.0.1:${port}`, TRUSTING).on('error', noop);
    onTestFinished(() => {
      session.destroy();
    });
    return (asked = {}) => {
      const { method = 'GET', path = '/', headers = {}, body } = asked;
      const stream = session.request(
        { ':method': method, ':path': path, ...headers },
        { endStream: !isOpen(asked) && body === undefined },
      );
      if (body !== undefined) stream.end(body);
      let wasCut = true;
      stream.once('end', () => {
        wasCut = false;
      });
      const head = new Promise<{ status: number; headers: http.IncomingHttpHeaders }>((resolve, reject) => {
        stream
          .once('response', (received) => {
            resolve({ status: Number(received[':status']), headers: received });
          })
          .once('close', () => {
            reject(new Error(`closed with ${stream.rstCode}`));
          });
      });
      return exchange(
        stream,
        head,
        Promise.resolve(stream),
        () => ({ cut: wasCut || stream.rstCode !== 0, rstCode: stream.rstCode }),
        () => {
          // CANCEL, as fetch does.
          stream.close(8);
        },
        () => {
          // Node's server reads on until the last stream is closed, and would see the end of the connection.
          stream.close(0);
          setImmediate(() => {
            session.destroy();
          });
        },
      );
    };
  };

const protocol = (
  name: string,
  createServer: Protocol['createServer'],
  connect: Protocol['connect'],
): Protocol => ({
  name,
  createServer,
  connect,
  serve: async (listener) => connect(await listening(createServer(listener))),
});

const pem = certificate();
const plain1 = overHttp1((options) => new http.Agent(options), http.request);
const secure1 = overHttp1((options) => new https.Agent(options), https.request);
const createSecureHttp2Server: Protocol['createServer'] = (listener) =>
  http2.createSecureServer({ ...pem, allowHTTP1: true }, listener as never);

export const overPlainHttp1 = protocol('HTTP/1.1', (listener) => http.createServer(listener), plain1);

export const overPlainHttp2 = protocol(
  'HTTP/2',
  (listener) => http2.createServer(listener as never),
  overHttp2('http'),
);

/** The protocols that Node serves, for what does not depend on encryption. */
export const plainProtocols: readonly Protocol[] = [overPlainHttp1, overPlainHttp2];

/** All that Node serves. */
export const protocols: readonly Protocol[] = [
  ...plainProtocols,
  protocol('HTTP/1.1 with TLS', (listener) => https.createServer(pem, listener), secure1),
  protocol('HTTP/2 with TLS', createSecureHttp2Server, overHttp2('https')),
  protocol('HTTP/1.1 at a server of HTTP/2', createSecureHttp2Server, secure1),
];
