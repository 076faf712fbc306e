import type { EventEmitter } from 'node:events';
import { Subscription } from 'rxjs';
import { isHttp2 } from './exchange';
import type { NodeRequest, NodeResponse } from './exchange';
import { REQUEST_EVENTS } from './requestEvents';

/**
 * Answers all requests of a server with 503 (RFC 9110 §15.6.4) in place of its listeners, which may be those of any
 * framework. Unsubscribing puts the listeners back.
 *
 * @param track - Listener that stays.
 * @param retryAfter - Value of the `Retry-After` header, in seconds.
 */
export function refuseRequests(
  server: EventEmitter,
  track: (req: NodeRequest, res: NodeResponse) => void,
  retryAfter: number,
): Subscription {
  const refuse = (_req: NodeRequest, res: NodeResponse): void => {
    res.statusCode = 503;
    res.setHeader('retry-after', String(retryAfter));
    res.setHeader('cache-control', 'no-store');
    res.setHeader('content-type', 'text/plain; charset=utf-8');
    // HTTP/2 has no such header (RFC 9113 §8.2.2).
    if (!isHttp2(res)) res.setHeader('connection', 'close');
    res.end('The server is shutting down');
  };
  const refusing = new Subscription();
  for (const event of REQUEST_EVENTS) {
    const replaced = server.rawListeners(event).filter((listener) => listener !== track) as (() => void)[];
    if (replaced.length === 0) continue;
    for (const listener of replaced) server.off(event, listener);
    server.on(event, refuse);
    refusing.add(() => {
      server.off(event, refuse);
      for (const listener of replaced) server.on(event, listener);
    });
  }
  return refusing;
}
