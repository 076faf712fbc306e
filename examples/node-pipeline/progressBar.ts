import { SingleBar, Presets } from 'cli-progress';
import { defer, finalize, interval, tap } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';
import type { Progress } from './agreed';

/** Shows a progress on the terminal for as long as it is under way; nothing where the output is no terminal. */
export const progressBar = (): MonoTypeOperatorFunction<Progress> => (progress$) =>
  defer(() => {
    const bar = new SingleBar(
      {
        format: '{bar} {percentage} %  {value} of {total} rows  {written} written',
        // Ctrl-C is the example's own to handle.
        gracefulExit: false,
        hideCursor: true,
      },
      Presets.shades_classic,
    );
    bar.start(0, 0, { written: 0 });
    let shown: Progress | undefined;
    const update = (): void => {
      if (!shown) return;
      bar.setTotal(shown.total ?? shown.read);
      bar.update(shown.read, { written: shown.written });
    };
    const updates = interval(100).subscribe(update);
    return progress$.pipe(
      tap((progress) => {
        shown = progress;
      }),
      finalize(() => {
        updates.unsubscribe();
        update();
        bar.stop();
      }),
    );
  });
