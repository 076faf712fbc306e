import { isHttp2 } from './exchange';
import type { NodeResponse } from './exchange';

/** Ends a response that is whole. HTTP/2 leaves a request open that was not read; HTTP/1.1 discards the rest of it. */
export function endResponse(res: NodeResponse): void {
  res.end();
  if (isHttp2(res) && !res.req.readableDidRead) res.req.resume();
}
