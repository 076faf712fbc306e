import { createServer } from 'node:http';
import type { RequestListener, ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Observable } from 'rxjs';

/** Does the same as `serve` for a listener of `node:http`. */
export function listen(listener: RequestListener, options: ServerOptions = {}): Observable<string> {
  return new Observable((subscriber) => {
    const server = createServer(options, listener)
      .on('error', (error) => {
        subscriber.error(error);
      })
      .listen(0, '127.0.0.1', () => {
        subscriber.next(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      });
    return () => {
      server.close();
      server.closeAllConnections();
    };
  });
}
