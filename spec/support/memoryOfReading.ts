/**
 * A process of its own that reads the NDJSON of a URL with a quick projection, and says by how many bytes the
 * memory that it holds grew meanwhile: in the process of the specs the server's would be counted too.
 */
import { setImmediate } from 'node:timers/promises';
import { fromNdjsonFetch } from 'rxjs-http-streams';

/** Memory in use after a garbage collection: garbage says more of the engine than of the reader. */
function held(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const start = held();
let values = 0;
let most = start;
fromNdjsonFetch<[number, string], number>(process.argv[2] ?? '', {
  project: async ([index]) => {
    if (index % 512 === 0) most = Math.max(most, held());
    await setImmediate();
    return index;
  },
}).subscribe({
  next: () => {
    values++;
  },
  error: (error: unknown) => {
    throw error;
  },
  complete: () => {
    process.stdout.write(JSON.stringify({ values, growth: most - start }));
  },
});
