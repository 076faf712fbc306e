/**
 * A process of its own that transfers all rows of one URL to another and to a file, and reports the growth of its
 * memory in bytes: in the process of the specs the memory of the servers would count, too.
 */
import { identity, last } from 'rxjs';
import { transfer } from '../../examples/node-pipeline/transfer';

/** Memory in use after a garbage collection: garbage says more of the engine than of the example. */
function held(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const [from = '', to = '', file = ''] = process.argv.slice(2);
const start = held();
let most = start;
transfer({ from, to, file, transform: identity })
  .pipe(last())
  .subscribe({
    next: ({ read, written, stored }) => {
      process.stdout.write(JSON.stringify({ read, written, stored, growth: most - start }));
    },
    error: (error: unknown) => {
      throw error;
    },
  });
setInterval(() => {
  most = Math.max(most, held());
}, 200).unref();
