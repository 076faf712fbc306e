/** One process: it serves until SIGTERM, and ends by itself when its server has drained. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Subject, fromEvent, takeUntil } from 'rxjs';
import { resumable, toSseResponse } from 'rxjs-http-streams';
import { drainOn, nodeHandler } from 'rxjs-http-streams/node';
import { numbersSince } from './numbers';

const [, , start] = process.argv;

const stopSubject = new Subject<void>();
const number$ = numbersSince(Number(start)).pipe(takeUntil(stopSubject));
const feed = resumable(number$, { ids: 'source', bufferSize: 10_000 });
// The first client of this process asks for what follows a message of the process before.
feed().subscribe();

const server = createServer(nodeHandler((request) => toSseResponse(feed, { request, retry: 300 })));
drainOn(server, fromEvent(process, 'SIGTERM'), { within: 1_000 }).subscribe({
  complete: () => {
    stopSubject.next();
  },
});
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
