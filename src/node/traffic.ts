import type { EventEmitter } from 'node:events';
import type { ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { Subscription } from 'rxjs';
import { isHttp2 } from './exchange';
import type { NodeRequest, NodeResponse } from './exchange';
import type { NodeServer } from './nodeServer';
import { whileQueued } from './whileQueued';

/** Events of a request. A listener of the last two answers in place of Node, and emits the first or none. */
export const REQUEST_EVENTS = ['request', 'checkContinue', 'checkExpectation'] as const;
/** Events that hand a connection over to the application. */
const TUNNEL_EVENTS = ['upgrade', 'connect'];

/** One function for all emitters of a kind. */
const listener = <T>(closed: (emitter: T) => void) =>
  function (this: T): void {
    closed(this);
  };

/**
 * Follows the connections of a server and the responses that are under way on them. It makes no function and no object
 * for each of them: every idle client would hold those.
 */
export class Traffic extends Subscription {
  /** Responses that have not ended, oldest first. */
  readonly responses = new Set<NodeResponse>();
  /** Notes the response to a request. */
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
  /** All connections, those below TLS among them. */
  readonly #connections = new Set<Socket>();
  /** The connections that requests come from. */
  readonly #sockets: Set<Socket>;
  readonly #sessions = new Set<ServerHttp2Session>();
  readonly #isHttp2: boolean;
  #isClosing = false;

  readonly #socketClosed = listener((socket: Socket) => {
    this.#connections.delete(socket);
    this.#sockets.delete(socket);
  });

  readonly #sessionClosed = listener((session: ServerHttp2Session) => {
    this.#sessions.delete(session);
  });

  readonly #responseClosed = listener((res: NodeResponse) => {
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
      if (this.#isFollowed(event)) this.#listen(event, this.track);
    }
    this.add(() => {
      for (const socket of [...this.#connections, ...this.#sockets]) socket.off('close', this.#socketClosed);
      for (const session of this.#sessions) session.off('close', this.#sessionClosed);
      for (const res of this.responses) res.off('close', this.#responseClosed);
    });
  }

  /** Closes the connections on which nothing is under way, and each of the others once nothing is. */
  close(): void {
    this.#isClosing = true;
    /** The newest response of each connection: the ones before it come first. */
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
    // It was accepted before the server stopped to listen. An `EventSource` comes back from this, and not from a 503.
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

  /** A server of streams of HTTP/2 alone has no requests: with a listener it would make them. */
  #isFollowed(event: (typeof REQUEST_EVENTS)[number]): boolean {
    const isHeard = this.#server.listenerCount(event) > 0;
    return isHeard || (event === 'request' && this.#server.listenerCount('stream') === 0);
  }

  #listen(event: string, heard: Parameters<EventEmitter['on']>[1]): void {
    this.#server.prependListener(event, heard);
    this.add(() => this.#server.off(event, heard));
  }
}
