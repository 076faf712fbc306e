/**
 * A process that serves over HTTP/2: at `/endless` a value in each turn of the event loop, elsewhere a few words. It
 * says at which port it listens, and ends with the process that started it.
 */
import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { toChunkedResponse } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

async function* endless(): AsyncGenerator<string> {
  for (;;) {
    yield 'more';
    await setImmediate();
  }
}

const server = createServer(
  nodeHandler(({ url }) =>
    url.endsWith('/endless') ? toChunkedResponse(endless()) : new Response('A few words.'),
  ),
).listen(0, '127.0.0.1');
await once(server, 'listening');
process.once('disconnect', () => process.exit());
process.send?.((server.address() as AddressInfo).port);
