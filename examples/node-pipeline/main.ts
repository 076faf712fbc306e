import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  ReplaySubject,
  combineLatest,
  concat,
  firstValueFrom,
  ignoreElements,
  map,
  merge,
  of,
  switchMap,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { listen } from '../serving/listen';
import { serve } from '../serving/serve';
import type { Progress } from './agreed';
import { progressBar } from './progressBar';
import { READING_SIZE } from './reading';
import { station } from './station';
import { partialOf, transfer } from './transfer';
import { warehouse } from './warehouse';
import { warm } from './warm';

const {
  values: { size, from, to, file },
} = parseArgs({
  options: {
    /** Size of the data that the example's own station serves, in MiB. */
    size: { type: 'string', default: '16' },
    /** Another source and another target than its own. */
    from: { type: 'string' },
    to: { type: 'string' },
    file: { type: 'string', default: join(tmpdir(), 'warm-readings.ndjson') },
  },
});

// Listened to until the very end: npm and tsx pass Ctrl-C on, so that it comes more than once.
const interrupted$ = new ReplaySubject<void>(1);
process.on('SIGINT', () => {
  interrupted$.next();
});

const servers$ = combineLatest({
  from:
    from === undefined ? serve(station(Math.ceil((Number(size) * 1024 * 1024) / READING_SIZE))) : of(from),
  // An upload may take longer than the five minutes that Node gives a request.
  to: to === undefined ? listen(warehouse(), { requestTimeout: 0 }) : of(to),
});

let progress: Progress | undefined;

const whole = (servers: { from: string; to: string }): Observable<'finished'> =>
  concat(
    transfer({ ...servers, file, transform: warm }).pipe(
      tap((soFar) => {
        progress = soFar;
      }),
      progressBar(),
      ignoreElements(),
    ),
    of('finished' as const),
  );

/** Summarizes the work, whether or not it was finished. */
const summary = ({ read = 0, written = 0 }: Partial<Progress> = {}): string =>
  `${read} rows read, ${written} written`;

try {
  const ending = await firstValueFrom(
    merge(servers$.pipe(switchMap(whole)), interrupted$.pipe(map(() => 'interrupted' as const))),
  );
  if (ending === 'finished') {
    console.log(`${summary(progress)} to ${file}; the target has stored ${progress?.stored}.`);
  } else {
    console.log(`Interrupted: ${summary(progress)} to ${partialOf(file)}; the upload was broken off.`);
    process.exitCode = 130;
  }
} catch (error) {
  console.error(`Failed: ${summary(progress)} to ${partialOf(file)}; not confirmed by the target.`, error);
  process.exitCode = 1;
}
