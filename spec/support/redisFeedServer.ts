/**
 * A process that serves the feed of a log on Redis. Arguments: the port of Redis; the client of Redis, by its name; the
 * port that it listens at. It says when it does.
 */
import { createServer } from 'node:http';
import { resumable, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { redisLog } from 'rxjs-http-streams/redis';
import { openedClient } from './openedClient';

const [, , redisPort, name, port] = process.argv;

const client = await openedClient(Number(redisPort), name);
const log = redisLog(client, 'numbers', { bufferSize: 1_000_000 });

const feeds = {
  '/start': resumable(log, { from: 'start' }),
  '/now': resumable(log),
  '/replay': resumable(log, { from: 'start', onGap: 'replay' }),
};

/** Paths of the feeds. */
export type FeedPath = keyof typeof feeds;

createServer(
  nodeHandler((request) =>
    toSseResponse(feeds[new URL(request.url).pathname as FeedPath], {
      request,
      retry: 50,
      heartbeat: 1_000,
      // A spec whose client sees a failure then says which.
      mapError: String,
    }),
  ),
).listen(Number(port), '127.0.0.1', () => {
  process.send?.('listening');
});
process.once('disconnect', () => process.exit());
