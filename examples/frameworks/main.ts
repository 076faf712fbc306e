import type { Server } from 'node:http';
import { Observable, concatMap, defer, from, of, switchMap, take, tap } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { run } from '../serving/run.js';
import { servers } from './servers.js';

const [name] = process.argv.slice(2);

/** Emits the address of a server once it listens, and closes it at the end. */
const opened = (server: Server): Observable<string> =>
  new Observable((subscriber) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object') subscriber.next(`http://127.0.0.1:${address?.port}`);
    });
    return () => {
      server.close();
      server.closeAllConnections();
    };
  });

/** Serves the ticks with one of them, and reads three. */
const read = ([name, make]: (typeof entries)[number]): Observable<unknown> =>
  defer(() => make()).pipe(
    switchMap(opened),
    switchMap((origin) => fromEventSource(`${origin}/ticks`)),
    tap(({ data }) => {
      console.log(`${name}: ${data}`);
    }),
    take(3),
  );

const entries = Object.entries(servers).filter(([known]) => known === (name ?? known));
if (entries.length === 0) throw new TypeError(`Expected one of ${Object.keys(servers).join(', ')}`);

run(of(entries), { client: (all) => from(all).pipe(concatMap(read)) });
