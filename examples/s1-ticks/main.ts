import { Observable, filter, merge, take, tap } from 'rxjs';
import { toEventTarget } from 'rxjs-http-streams';
import { run } from '../serving/run';
import { serve } from '../serving/serve';
import { fromTicks } from './fromTicks';
import { ticks } from './ticks';

const asObservable = (origin: string): Observable<unknown> =>
  fromTicks(origin, 'as an Observable').pipe(
    filter((event) => event.type === 'value'),
    tap(({ value }) => {
      console.log('A', value.data);
    }),
    take(5),
  );

const asEvents = (origin: string): Observable<unknown> =>
  new Observable((subscriber) => {
    const stop = new AbortController();
    const target = toEventTarget(fromTicks(origin, 'as events'), { signal: stop.signal });
    let left = 3;
    target.addEventListener('start', () => {
      console.log('B start');
    });
    target.addEventListener('tick', (event) => {
      console.log('B', (event as MessageEvent<unknown>).data);
      if (--left === 0) stop.abort();
    });
    target.addEventListener('abort', () => {
      console.log('B abort');
      subscriber.complete();
    });
    target.addEventListener('error', (event) => {
      subscriber.error(event.error);
    });
    return () => {
      stop.abort();
    };
  });

run(serve(ticks()), { client: (origin) => merge(asObservable(origin), asEvents(origin)) });
