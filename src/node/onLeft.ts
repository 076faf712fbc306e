import { isHttp2, isOver } from './exchange';
import type { NodeResponse } from './exchange';

/**
 * Calls back once if the client leaves before the response has ended. The request's own `close` would not do: it comes as
 * soon as the body of the request was read (RFC 9110 knows requests and responses that overlap).
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
  // A pipelined response has no socket yet; Node 20 does not tell it when that closes.
  if (!isHttp2(res) && !res.socket) {
    const { socket } = res.req;
    socket.once('close', closed);
    res.once('socket', () => {
      socket.off('close', closed);
    });
  }
}
