import { createServer, request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { connect, createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Server } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { noop } from 'rxjs';
import type { NodeRequest, NodeResponse } from 'rxjs-http-streams/node';
import { onTestFinished } from 'vitest';

export type Listener = (req: NodeRequest, res: NodeResponse) => unknown;

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Is sent at once, and in whole, unless the client goes on to write. */
  readonly body?: string;
}

/** An exchange in the hands of a client that knows no `fetch`. */
export interface ClientExchange {
  readonly head: Promise<{ readonly status: number; readonly headers: IncomingHttpHeaders }>;
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

export interface Protocol {
  readonly name: string;
  /** Serves until the test is over, and gives a client that has one connection, or one for each exchange. */
  readonly serve: (listener: Listener) => Promise<(asked?: Asked) => ClientExchange>;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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

const http1: Protocol = {
  name: 'HTTP/1.1',
  serve: async (listener) => {
    const server = createServer(listener);
    const origin = await listening(server);
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return ({ method = 'GET', path = '/', headers = {}, body } = {}) => {
      const outgoing = request(`${origin}${path}`, { method, headers, agent: false });
      const response = new Promise<IncomingMessage>((resolve, reject) => {
        outgoing.once('response', resolve).once('error', reject);
      });
      if (body === undefined && method !== 'GET' && method !== 'HEAD') outgoing.flushHeaders();
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
  },
};

const http2: Protocol = {
  name: 'HTTP/2',
  serve: async (listener) => {
    const server = createHttp2Server(listener);
    const session = connect(await listening(server)).on('error', noop);
    onTestFinished(() => {
      session.destroy();
      server.close();
    });
    return ({ method = 'GET', path = '/', headers = {}, body } = {}) => {
      const isOpen = body === undefined && method !== 'GET' && method !== 'HEAD';
      const stream = session.request(
        { ':method': method, ':path': path, ...headers },
        { endStream: !isOpen && body === undefined },
      );
      if (body !== undefined) stream.end(body);
      let wasCut = true;
      stream.once('end', () => {
        wasCut = false;
      });
      const head = new Promise<{ status: number; headers: IncomingHttpHeaders }>((resolve, reject) => {
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
  },
};

/** Both protocols that Node serves. */
export const protocols: readonly Protocol[] = [http1, http2];
