/**
 * A process of its own that relays the chat service at a URL. It says where, and, once its input ends, by how many
 * bytes the memory that it held grew at most: in the process of the specs the upstream's would be counted too.
 */
import { once } from 'node:events';
import { relay } from '../../examples/s7-relay/relay';
import { serve } from '../../examples/serving/serve';

/** Memory in use after a garbage collection: garbage says more of the engine than of the relay. */
function held(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const serving = serve(relay({ baseUrl: process.argv[2] ?? '', apiKey: 'key' })).subscribe((origin) => {
  process.stdout.write(`${origin}\n`);
});
const start = held();
let most = start;
const watching = setInterval(() => {
  most = Math.max(most, held());
}, 100);

await once(process.stdin.resume(), 'end');
clearInterval(watching);
serving.unsubscribe();
process.stdout.write(`${most - start}\n`);
