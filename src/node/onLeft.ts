import type { ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { INTERNAL_ERROR } from './cutOff';
import { isHttp2, isOver } from './exchange';
import type { NodeResponse } from './exchange';

/** Pipelined responses whose turn has not come, by their connections. */
const queued = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls back once if the client leaves before the response has ended. The `close` of the request would not do: it comes
 * as soon as the body of the request was read.
 */
export function onLeft(res: NodeResponse, left: () => void): void {
  const closed = (): void => {
    if (!res.writableEnded) left();
  };
  if (isOver(res)) {
    closed();
    return;
  }
  res.on('close', closed);
  if (isHttp2(res)) {
    // Node waits for the writes that are under way before it closes a stream, and where the connection broke for ever.
    res.stream.on('aborted', destroy);
  } else if (!res.socket) {
    // Node 20 does not tell a response without a socket when its connection closes.
    const { socket } = res.req;
    const waiting = waitingOn(socket);
    waiting.add(closed);
    res.once('socket', () => {
      waiting.delete(closed);
    });
  }
}

/** Destroys a stream that the client has left, and not one that is being reset for it. */
function destroy(this: ServerHttp2Stream): void {
  if (this.rstCode !== INTERNAL_ERROR) this.destroy();
}

/** One listener for all responses of a connection: Node takes the eleventh for a leak. */
function waitingOn(socket: Socket): Set<() => void> {
  let waiting = queued.get(socket);
  if (!waiting) {
    const all = (waiting = new Set());
    queued.set(socket, all);
    socket.once('close', () => {
      for (const closed of all) closed();
    });
  }
  return waiting;
}
