import { SingleBar, Presets } from 'cli-progress';
import { defer, finalize, tap } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import type { Progress } from './transfer';

const MIB = 1024 * 1024;

/** Shows on the terminal how far it is, for as long as it is under way; nothing where the output is no terminal. */
export const progressBar = (): MonoTypeOperatorFunction<Progress> => (progress$) =>
  defer(() => {
    const bar = new SingleBar(
      {
        format: '{bar} {percentage} %  {value} of {total} rows  {written} written  {mebibytes} MiB',
        // Ctrl-C is the example's own to handle.
        gracefulExit: false,
        hideCursor: true,
      },
      Presets.shades_classic,
    );
    bar.start(0, 0, { written: 0, mebibytes: 0 });
    return progress$.pipe(
      tap(({ total, read, written, loaded }) => {
        bar.setTotal(total ?? read);
        bar.update(read, { written, mebibytes: Math.round(loaded / MIB) });
      }),
      finalize(() => {
        bar.stop();
      }),
    );
  });
