import type { Socket } from 'node:net';
import { isHttp2, isOver } from './exchange';
import type { NodeResponse } from './exchange';

/** Pipelined responses whose turn has not come, by their connections. */
const queued = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls back once if the client leaves before the response has ended. The `close` of the request would not do: it comes as
 * soon as the body of the request was read.
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
  // Node 20 does not tell a response without a socket when its connection closes.
  if (!isHttp2(res) && !res.socket) {
    const { socket } = res.req;
    const waiting = waitingOn(socket);
    waiting.add(closed);
    res.once('socket', () => {
      waiting.delete(closed);
    });
  }
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
