/**
 * A process of its own that transfers the rows of one URL to another and to a file, all of them, and says by how many bytes the
 * memory that it holds grew meanwhile: in the process of the specs that of the servers would be counted too.
 */
import { identity, last } from 'rxjs';
import { transfer } from '../../examples/node-pipeline/transfer';

/** What is held, garbage left out: how much of that there is says more of the engine than of the example. */
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
