/**
 * A process of its own that relays the rows of one URL to a target, and says by how many bytes the memory that it holds
 * grew meanwhile: in the process of the specs that of the servers would be counted too.
 */
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { lastValueFrom } from 'rxjs';
import { fromNdjsonFetch, toAsyncIterable, toNdjsonBody, toNdjsonResponse } from 'rxjs-http-streams';

/** Memory in use after a garbage collection: garbage says more of the engine than of the relay. */
function held(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const [way = '', from = '', to = ''] = process.argv.slice(2);
let rows = 0;
const row$ = fromNdjsonFetch(from, {
  project: (row) => (rows++ % 2 === 0 ? [row] : []),
});
/** The number of values after which a slow consumer in this process rests. */
const REST_EVERY = 64;

const ways: Record<string, () => Promise<unknown>> = {
  upload: () => lastValueFrom(fromNdjsonFetch(to, { method: 'POST', body: toNdjsonBody(row$) })),
  response: async () => {
    const reader = toNdjsonResponse(row$).body!.getReader();
    for (let n = 0; !(await reader.read()).done; n++) if (n % REST_EVERY === 0) await setTimeout(2);
  },
  pipeline: () => {
    let n = 0;
    const target = new Writable({
      objectMode: true,
      write: (_, __, written) => {
        if (n++ % REST_EVERY === 0)
          void setTimeout(2).then(() => {
            written();
          });
        else written();
      },
    });
    return pipeline(toAsyncIterable(row$), target);
  },
};

const start = held();
let most = start;
const watching = setInterval(() => {
  most = Math.max(most, held());
}, 200);
await ways[way]?.();
clearInterval(watching);
process.stdout.write(JSON.stringify({ rows, growth: most - start }));
