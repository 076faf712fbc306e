import type { ServerHttp2Stream } from 'node:http2';
import { INTERNAL_ERROR } from './cutOff';
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
  res.on('close', closed);
  if (isHttp2(res)) {
    // Node waits for the writes that are under way before it closes a stream, and where the connection broke for ever.
    res.stream.on('aborted', destroy);
  } else whileQueued(res, closed);
}

/** Destroys a stream that the client has left, and not one that is being reset for it. */
function destroy(this: ServerHttp2Stream): void {
  if (this.rstCode !== INTERNAL_ERROR) this.destroy();
}
