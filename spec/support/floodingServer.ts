/**
 * A process of its own that serves 100 000 values of 1 KiB, faster than any client reads, to one client. Says where,
 * and once its source is at its end or unsubscribed, how many it has given, how the body ended, and by how many bytes
 * the memory that it holds grew meanwhile: in the process of the specs the client's would be counted too.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Observable } from 'rxjs';
import { toChunkedBody } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';

const COUNT = 100_000;
const BATCH = 100;

/** Memory in use after a garbage collection: garbage says more of the engine than of the server. */
function held(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

let given = 0;
let most = 0;

const flood = new Observable<string>((subscriber) => {
  let next: NodeJS.Immediate;
  const batch = (): void => {
    for (let count = 0; count < BATCH && !subscriber.closed; count++) {
      subscriber.next(String(given++).padEnd(1024, '.'));
    }
    if (given % 4_000 === 0) most = Math.max(most, held());
    if (given >= COUNT) subscriber.complete();
    else next = setImmediate(batch);
  };
  next = setImmediate(batch);
  return () => {
    clearImmediate(next);
    most = Math.max(most, held());
  };
});

const start = held();
const handler = nodeHandler(() => {
  const body = toChunkedBody(flood);
  const reader = body.getReader();
  // Told also while nobody reads.
  reader.closed.catch((error: unknown) => {
    process.stdout.write(JSON.stringify({ given, growth: most - start, error: (error as Error).name }));
    process.exit();
  });
  const relay = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { value } = await reader.read();
        if (value) controller.enqueue(value);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(relay);
});

const server = createServer(handler);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/\n`);
});
