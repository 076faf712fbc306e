/** One of many processes: it serves what is published anywhere, and holds nothing that another one needs. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resumable, toSseResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { redisLog } from 'rxjs-http-streams/redis';
import { withPage } from '../serving/withPage';
import { connected } from './connected';

const [, , redisPort] = process.argv;

const redis = await connected(Number(redisPort));
const feed = resumable(redisLog(redis, 'numbers'), { from: 'start' });

const numbers = withPage(new URL('.', import.meta.url), (request) =>
  toSseResponse(feed, { request, retry: 200, headers: { server: String(process.pid) } }),
);
const server = createServer(nodeHandler(numbers)).listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.once('disconnect', () => process.exit());
