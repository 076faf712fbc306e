import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Callbacks of the queued responses of each connection: pipelined responses behind one that has not ended. */
const queued = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls back if the connection closes while a pipelined response is queued behind another one. A queued response has no
 * socket, and Node 20 emits no `close` on it.
 */
export function whileQueued(res: ServerResponse, closed: () => void): void {
  if (res.socket) return;
  const waiting = waitingOn(res.req.socket);
  waiting.add(closed);
  res.once('socket', () => {
    waiting.delete(closed);
  });
}

/** Adds one listener for all responses of a connection, because Node warns of a leak at the eleventh. */
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
