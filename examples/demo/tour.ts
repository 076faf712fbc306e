import {
  combineLatest,
  identity,
  interval,
  last,
  map,
  merge,
  scan,
  startWith,
  switchMap,
  take,
  tap,
} from 'rxjs';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import { ticks } from '../s1-ticks/ticks';
import { clock } from '../s2-clock/clock';
import { serveNumbers } from '../s3-numbers/serveNumbers';
import { chat } from '../s5-chat/chat';
import { cutAnywhere } from '../s5-chat/cutAnywhere';
import { localModel } from '../s5-chat/localModel';
import { chunkedText } from '../s6-chunked-text/chunkedText';
import { serve } from '../serving/serve';
import { demoStreams } from './demoStreams';
import { inPanes } from './inPanes';
import { newReport, stateOf, summary, update } from './report';
import { watch } from './watch';
import type { StreamEvent } from './watch';

const origins$ = combineLatest({
  ticks: serve(ticks()),
  clock: serve(clock()),
  numbers: serveNumbers(interval(450)),
  chat: serve(cutAnywhere(chat({ model: localModel(200) }))),
  text: serve(chunkedText({ interval: 700, count: 12 })),
});

/** Serves five streams, shows them until all have ended, and sums up; emits the exit code. */
export function tour(interrupted$: Observable<unknown>): Observable<number> {
  const live = process.stdout.isTTY;
  return origins$.pipe(
    map(demoStreams),
    switchMap((streams) =>
      combineLatest(
        streams.map(({ title, about, event$, stop$ }) =>
          watch(event$, merge(stop$, interrupted$)).pipe(
            live ? identity : inLines(title),
            scan(update, newReport(title, about)),
            startWith(newReport(title, about)),
          ),
        ),
      ).pipe(
        live ? inPanes() : identity,
        last(),
        map((reports) => {
          console.log();
          for (const report of reports) console.log(`${report.title.padEnd(8)} ${summary(report)}`);
          return reports.every(({ ending }, index) => ending === streams[index]?.ending) ? 0 : 1;
        }),
      ),
    ),
    // The servers close when the streams have ended.
    take(1),
  );
}

/** Prints what happens to a stream line by line, for logs. */
const inLines = (title: string): MonoTypeOperatorFunction<StreamEvent> =>
  tap((event) => {
    const line = event.type === 'value' ? event.value.trim() : stateOf(event);
    if (line) console.log(`${title.padEnd(8)} ${line}`);
  });
