import { concatMap, defer, from, of, switchMap, take, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { listen } from '../serving/listen';
import { run } from '../serving/run';
import { listeners } from './listeners';
import { tick$ } from './ticks';

const [name] = process.argv.slice(2);

/** Serves the ticks with one of them, and reads three. */
const read = ([name, listener]: (typeof entries)[number]): Observable<unknown> =>
  defer(async () => listener(tick$)).pipe(
    switchMap((ready) => listen(ready)),
    switchMap((origin) => fromEventSource(`${origin}/ticks`)),
    tap(({ data }) => {
      console.log(`${name}: ${data}`);
    }),
    take(3),
  );

const entries = Object.entries(listeners).filter(([known]) => known === (name ?? known));
if (entries.length === 0) throw new TypeError(`Expected one of ${Object.keys(listeners).join(', ')}`);

run(of(entries), { client: (all) => from(all).pipe(concatMap(read)) });
