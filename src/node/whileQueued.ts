import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Callbacks of pipelined responses whose turn has not come, by their connections. */
const queued = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls back if the connection closes before the turn of a pipelined response has come. Node 20 does not tell a response
 * without a socket that its connection has closed.
 */
export function whileQueued(res: ServerResponse, closed: () => void): void {
  if (res.socket) return;
  const waiting = waitingOn(res.req.socket);
  waiting.add(closed);
  res.once('socket', () => {
    waiting.delete(closed);
  });
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
