import {
  EMPTY,
  catchError,
  connect,
  exhaustMap,
  filter,
  fromEvent,
  ignoreElements,
  map,
  merge,
  startWith,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import { parseMessages } from 'rxjs-http-streams';
import { joinedSchema, pointSchema } from '../wire';
import type { Counts } from '../wire';
import { chart } from './chart';
import { connectionState } from './connectionState';
import type { ConnectionState } from './connectionState';
import { element, mark, say } from './element';
import { frames } from './frames';
import { fromFeed } from './fromFeed';
import { formatCount, formatTenths } from './numbers';
import { Trace } from './trace';

/** Time that the chart shows, in seconds. */
const WINDOW = 30;
/** Texts over the chart. */
const GONE = {
  connecting: 'Connecting',
  open: '',
  reconnecting: 'No connection',
  paused: 'Paused, no connection',
} as const;
const TONES = { connecting: 'wait', open: 'good', reconnecting: 'bad', paused: '' } as const;

/** Draws a feed, with the life of its connection. */
export function feedPanel(counts$: Observable<Counts>): Observable<never> {
  const trace = new Trace(WINDOW);
  const { draw } = chart(element('chart', HTMLElement), trace);
  const pause = element('pause-feed', HTMLInputElement);
  const switched$ = fromEvent(pause, 'change').pipe(
    startWith(undefined),
    map(() => pause.checked),
  );

  return merge(
    fromFeed(switched$).pipe(
      connect((shared$) =>
        merge(
          shared$.pipe(connectionState(), tap(showState)),
          shared$.pipe(
            filter(({ type }) => type === 'reconnecting' || type === 'paused'),
            tap(() => {
              trace.leave();
            }),
          ),
          shared$.pipe(
            filter((event) => event.type === 'value'),
            map(({ value }) => value),
            parseMessages({ joined: joinedSchema, point: pointSchema }),
            tap((message) => {
              if (message.type === 'joined') trace.join(message.data);
              else trace.add(message.data);
            }),
          ),
        ),
      ),
    ),
    frames(30).pipe(
      tap(() => {
        draw();
        showCounted(trace);
      }),
    ),
    fromEvent(element('cut-network', HTMLButtonElement), 'click').pipe(
      exhaustMap(() => fromFetch('feed/cut', { method: 'POST' }).pipe(catchError(() => EMPTY))),
    ),
    counts$.pipe(
      tap(({ down }) => {
        say('network', down ? 'the network is down' : '');
      }),
    ),
  ).pipe(ignoreElements());
}

function showState({ name, left }: ConnectionState): void {
  say('feed-state', name);
  mark('feed-state', TONES[name]);
  const wait = left === undefined ? '' : `in ${formatTenths(left / 1_000)} s`;
  say('countdown', wait);
  element('gone', HTMLElement).hidden = name === 'open';
  say('gone', GONE[name] + (wait === '' ? '' : `, next attempt ${wait}`));
}

function showCounted({ counted, returned }: Trace): void {
  say(
    'returned',
    returned
      ? `back after ${formatTenths(returned.after)} s: ${formatCount(counted.replayed - returned.replayed)} resent`
      : '',
  );
  for (const [id, count] of Object.entries(counted)) say(id, formatCount(count));
  mark('lost', counted.lost > 0 ? 'bad' : '');
  mark('doubled', counted.doubled > 0 ? 'bad' : '');
}
