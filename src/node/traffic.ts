import type { EventEmitter } from 'node:events';
import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Subscription } from 'rxjs';
import { isHttp2 } from './exchange';
import type { NodeRequest, NodeResponse } from './exchange';
import type { NodeServer } from './nodeServer';
import { REQUEST_EVENTS } from './requestEvents';
import { whileQueued } from './whileQueued';
import { withEmitter } from './withEmitter';

/** Events that hand a connection over to the application. */
const TUNNEL_EVENTS = ['upgrade', 'connect'];

/**
 * Tracks the connections of a server and their unfinished responses. It makes no function and no object for each of
 * them, because these would stay in memory for every idle client.
 */
export class Traffic extends Subscription {
  /** Unfinished responses, oldest first. */
  readonly responses = new Set<NodeResponse>();
  /** Begins to track the response to a request. */
  readonly track = (_req: NodeRequest, res: NodeResponse): void => {
    if (this.responses.has(res)) return;
    this.responses.add(res);
    res.on('close', this.#responseClosed);
    // Node emits no `close` on the response to a HEAD on HTTP/2 that was not answered.
    if (isHttp2(res) ? res.req.method !== 'HEAD' : res.socket) return;
    const forget = (): void => {
      this.responses.delete(res);
    };
    if (isHttp2(res)) res.stream.once('close', forget);
    else whileQueued(res, forget);
  };
  readonly #server: EventEmitter;
  /** All connections, including the TCP connections below TLS. */
  readonly #connections = new Set<Socket>();
  /** Connections that carry requests. */
  readonly #sockets: Set<Socket>;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #isHttp2: boolean;
  #isClosing = false;

  readonly #socketClosed = withEmitter((socket: Socket) => {
    this.#connections.delete(socket);
    this.#sockets.delete(socket);
  });

  readonly #sessionClosed = withEmitter((session: ServerHttp2Session) => {
    this.#sessions.delete(session);
  });

  readonly #responseClosed = withEmitter((res: NodeResponse) => {
    this.responses.delete(res);
    if (!this.#isClosing || isHttp2(res)) return;
    const { socket } = res.req;
    if (!socket.destroyed && !this.#isBusy(socket)) socket.destroySoon();
  });

  constructor(server: NodeServer) {
    super();
    this.#server = server;
    this.#isHttp2 = 'updateSettings' in server;
    const isSecure = 'setSecureContext' in server;
    this.#sockets = isSecure ? new Set() : this.#connections;
    this.#listen('connection', (socket: Socket) => {
      this.#opened(this.#connections, socket);
    });
    if (isSecure) {
      this.#listen('secureConnection', (socket: Socket) => {
        this.#opened(this.#sockets, socket);
      });
    }
    if (this.#isHttp2) {
      this.#listen('session', (session: ServerHttp2Session) => {
        this.#sessions.add(session);
        session.on('close', this.#sessionClosed);
        if (this.#isClosing) session.close();
      });
    }
    for (const event of REQUEST_EVENTS) {
      if (this.#isTracked(event)) this.#listen(event, this.track);
    }
    this.add(() => {
      for (const socket of [...this.#connections, ...this.#sockets]) socket.off('close', this.#socketClosed);
      for (const session of this.#sessions) session.off('close', this.#sessionClosed);
      for (const res of this.responses) res.off('close', this.#responseClosed);
    });
  }

  /** Closes idle connections at once, and each other connection after its last response has ended. */
  close(): void {
    this.#isClosing = true;
    /** Newest response of each connection, which ends after all others of the connection. */
    const newest = new Map<Socket, NodeResponse>();
    for (const res of this.responses) {
      if (!isHttp2(res)) newest.set(res.req.socket, res);
    }
    for (const res of newest.values()) {
      if (!res.headersSent) res.setHeader('connection', 'close');
    }
    const hasTunnels = TUNNEL_EVENTS.some((event) => this.#server.listenerCount(event) > 0);
    for (const socket of this.#sockets) {
      const mayBeTunnel = hasTunnels && socket.bytesRead > 0;
      if (this.#isHttp1(socket) && !newest.has(socket) && !mayBeTunnel) socket.destroySoon();
    }
    for (const session of this.#sessions) session.close();
  }

  /** Destroys all connections. */
  destroy(): void {
    for (const session of this.#sessions) session.destroy();
    for (const socket of [...this.#sockets, ...this.#connections]) socket.destroy();
  }

  #opened(sockets: Set<Socket>, socket: Socket): void {
    sockets.add(socket);
    socket.on('close', this.#socketClosed);
    // The connection was accepted before the server stopped listening. `EventSource` reconnects after a closed
    // connection, but not after a 503.
    if (this.#isClosing) socket.destroy();
  }

  #isBusy(socket: Socket): boolean {
    for (const { req } of this.responses) if (req.socket === socket) return true;
    return false;
  }

  #isHttp1(socket: Socket): boolean {
    const { alpnProtocol } = socket as Partial<TLSSocket>;
    return !this.#isHttp2 || alpnProtocol === false || alpnProtocol === 'http/1.1';
  }

  /**
   * Whether to listen to an event of a request. With a listener, Node would make requests even for a server that only
   * handles the `stream` event of HTTP/2.
   */
  #isTracked(event: (typeof REQUEST_EVENTS)[number]): boolean {
    const hasListener = this.#server.listenerCount(event) > 0;
    return hasListener || (event === 'request' && this.#server.listenerCount('stream') === 0);
  }

  #listen(event: string, callback: Parameters<EventEmitter['on']>[1]): void {
    this.#server.prependListener(event, callback);
    this.add(() => this.#server.off(event, callback));
  }
}
