/**
 * A process that serves a feed of numbers without ids of its own. Arguments: the port; the name of its life, which
 * stands in each of its messages; the first number; and how many the feed holds before the process listens. It says
 * when it does, and answers any message with its requests, by the client that a request names.
 */
import { createServer } from 'node:http';
import { bufferCount, defer, first, interval, map, of, share, tap } from 'rxjs';
import { resumable, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

const [port, life = '', start, held] = process.argv.slice(2);

/** Interval of the numbers, and the reconnection time of the clients, in milliseconds. */
const EVERY = 20;
const RETRY = 20;

/** The newest message, which is the whole state of the feed. */
let newest = '';
const message$ = interval(EVERY).pipe(
  map((index) => ({ data: `${life} ${Number(start) + index}` })),
  tap(({ data }) => {
    newest = data;
  }),
  share(),
);
const feed = resumable(message$);
const withSnapshot = resumable(message$, { onGap: () => defer(() => of({ data: newest })) });

const requests: Record<string, number> = {};

const routes: Readonly<Record<string, (request: Request) => Response | Promise<Response>>> = {
  '/plain': (request) => toSseResponse(feed, { request, retry: RETRY }),
  '/first': (request) => toSseResponse(feed, { request, retry: RETRY, awaitFirst: true }),
  '/snapshot': (request) => toSseResponse(withSnapshot, { request, retry: RETRY, awaitFirst: true }),
};

const answer = (request: Request): Response | Promise<Response> => {
  const { pathname, searchParams } = new URL(request.url);
  const client = searchParams.get('client');
  if (client) requests[client] = (requests[client] ?? 0) + 1;
  return routes[pathname]?.(request) ?? new Response('', { status: 404 });
};

// The numbers go on, whether a client is there or not.
withSnapshot().subscribe();
feed()
  .pipe(bufferCount(Number(held)), first())
  .subscribe(() => {
    createServer(nodeHandler(answer)).listen(Number(port), '127.0.0.1', () => {
      process.send?.('listening');
    });
  });
process.on('message', () => process.send?.(requests));
process.once('disconnect', () => process.exit());
