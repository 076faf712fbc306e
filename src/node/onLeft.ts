import type { ServerHttp2Stream } from 'node:http2';
import { isHttp2, isOver } from './exchange';
import type { NodeResponse } from './exchange';
import { whileQueued } from './whileQueued';

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
  if (isHttp2(res)) {
    const { stream } = res;
    // Node emits no `close` on the response to a HEAD that was not answered.
    stream.on('close', closed);
    // Node waits for the writes that are under way before it closes a stream, and where the connection broke for ever.
    stream.on('aborted', release);
    // Node does not abort a response that has ended when the client resets its stream without an error.
    stream.on('end', release);
  } else {
    res.on('close', closed);
    whileQueued(res, closed);
  }
}

/**
 * Destroys a stream that was reset before everything was sent, by the client or by this server.
 *
 * Waits until Node has reset the stream: one that is destroyed within `aborted` stays in nghttp2 without its data. The
 * next reset on its connection then writes empty frames without end, and blocks the process.
 */
function release(this: ServerHttp2Stream): void {
  if (this.closed && !this.writableFinished) setImmediate(destroy, this);
}

const destroy = (stream: ServerHttp2Stream): void => {
  stream.destroy();
};
