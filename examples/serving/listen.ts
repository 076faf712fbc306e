import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Observable } from 'rxjs';

/** What `serve` does, for a listener of `node:http`. */
export function listen(listener: RequestListener): Observable<string> {
  return new Observable((subscriber) => {
    const server = createServer(listener)
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
