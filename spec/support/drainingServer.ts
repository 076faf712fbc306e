/**
 * A process that serves numbers over HTTP/1.1 and HTTP/2 until SIGTERM. Argument: when the numbers have begun. It says
 * at which ports it listens, and writes how it has ended.
 */
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Subject, fromEvent, merge, share, takeUntil } from 'rxjs';
import { resumable, toSseResponse } from 'rxjs-http-streams';
import { drainOn, nodeHandler } from 'rxjs-http-streams/node';
import { numbersSince } from '../../examples/deploy/numbers';

/** The last words of such a process before it exits. */
export interface Goodbye {
  /** Milliseconds from SIGTERM to the exit. */
  readonly took: number;
  /** Milliseconds from the end of the drain to the exit. */
  readonly tookAfterDrain: number;
  /** Requests that came after SIGTERM. */
  readonly requests: number;
}

const [, , start, within] = process.argv;

const stopSubject = new Subject<void>();
const number$ = numbersSince(Number(start)).pipe(takeUntil(stopSubject));
const feed = resumable(number$, { ids: 'source', bufferSize: 100_000 });
feed().subscribe();

let isAsked = false;
let requests = 0;
const count = (): void => {
  if (isAsked) requests++;
};
const handler = nodeHandler((request) => toSseResponse(feed, { request, retry: 300 }));
const servers = [createServer(handler), createHttp2Server(handler)] as const;
// Not by `request`, whose listeners a drain replaces.
subscribe('http.server.request.start', count);
servers[1].on('stream', count);

const sigterm$ = fromEvent(process, 'SIGTERM').pipe(share());
let askedAt = 0;
let drainedAt = 0;
sigterm$.subscribe(() => {
  isAsked = true;
  askedAt = performance.now();
});
// By its own clock: how long a busy machine takes to end the process, and to notice that, is not for it to say.
process.once('exit', () => {
  const now = performance.now();
  writeSync(1, JSON.stringify({ took: now - askedAt, tookAfterDrain: now - drainedAt, requests }));
});
merge(...servers.map((server) => drainOn(server, sigterm$, { within: Number(within) }))).subscribe({
  complete: () => {
    drainedAt = performance.now();
    stopSubject.next();
  },
});

await Promise.all(
  servers.map(async (server) => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }),
);
const [first, second] = servers.map((server) => (server.address() as AddressInfo).port);
process.send?.([first, second]);
