import { last, map, scan, tap } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { newReport, stateOf, summary, update } from './report';
import type { Ending, StreamEvent } from './watch';

/** The codes of a shell: 130 is Ctrl-C. */
const EXIT_CODES: Record<Ending, number> = { completed: 0, 'stopped by you': 130, 'cut off': 1, failed: 1 };

/** Writes one stream to the terminal as it arrives, and its summary; emits the exit code. */
export function print(): OperatorFunction<StreamEvent, number> {
  return (event$) =>
    event$.pipe(
      tap((event) => {
        if (event.type === 'value') process.stdout.write(event.value);
        else if (event.type === 'reconnecting' && event.error !== undefined) console.error(stateOf(event));
      }),
      scan(update, newReport()),
      last(),
      map((report) => {
        console.log(`\n— ${summary(report)}`);
        return EXIT_CODES[report.ending ?? 'failed'];
      }),
    );
}
