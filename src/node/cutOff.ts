import type { Socket } from 'node:net';
import { Observable, fromEvent, noop, race, switchMap, take, takeUntil, timer } from 'rxjs';
import { isHttp2, isOver } from './exchange';
import type { NodeResponse } from './exchange';

/** Error code for streams of HTTP/2 that the server resets (RFC 9113 §7). */
const INTERNAL_ERROR = 2;
/** Time that a client has to read everything that was sent before the cut, in milliseconds. */
const PATIENCE = 30_000;
/** Time between the last byte and a reset, in milliseconds. A reset discards bytes that a proxy has still buffered. */
const GRACE = 50;

const NOTHING = new Uint8Array();

/** Emits once everything that was written before has left the process. */
const flushed = (stream: Pick<Socket, 'write'>): Observable<unknown> =>
  new Observable((subscriber) => {
    stream.write(NOTHING, () => {
      subscriber.next(true);
    });
  });

/**
 * Cuts off an incomplete response, so that no client takes it for a complete one.
 *
 * @param isLost - Whether the client does not read, so that its buffered bytes are dropped.
 */
export function cutOff(res: NodeResponse, isLost: boolean): void {
  if (isOver(res)) return;
  if (isHttp2(res)) {
    const { stream } = res;
    const cut = (): void => {
      stream.close(INTERNAL_ERROR);
    };
    if (isLost) cut();
    else afterFlush(stream, res, 0, cut);
    return;
  }
  const { socket } = res;
  if (!socket) {
    // A pipelined response has no socket before the responses ahead of it have ended.
    res.once('socket', () => {
      setImmediate(cutOff, res, isLost);
    });
  } else if (isLost) {
    reset(socket);
  } else if (res.chunkedEncoding || res.hasHeader('content-length')) {
    // The client notices that the rest is missing. A reset would discard bytes on their way to a slow client.
    socket.destroySoon();
    timer(PATIENCE)
      .pipe(takeUntil(fromEvent(res, 'close')))
      .subscribe({ next: () => socket.destroy(), error: noop });
  } else {
    // Without a length the end of the connection completes the body (RFC 9112 §6.3), and only a reset is a failure.
    afterFlush(socket, res, GRACE, () => {
      reset(socket);
    });
  }
}

function afterFlush(stream: Pick<Socket, 'write'>, res: NodeResponse, grace: number, then: () => void): void {
  race(flushed(stream).pipe(switchMap(() => timer(grace))), timer(PATIENCE))
    .pipe(take(1), takeUntil(fromEvent(res, 'close')))
    .subscribe({ next: then, error: noop });
}

function reset(socket: Socket): void {
  try {
    socket.resetAndDestroy();
  } catch {
    // Sockets of TLS and pipes cannot be reset.
    socket.destroy();
  }
}
