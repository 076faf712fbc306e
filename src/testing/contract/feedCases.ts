import {
  concat,
  concatMap,
  forkJoin,
  last,
  map,
  materialize,
  of,
  range,
  take,
  throwError,
  timer,
  toArray,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { appendTo, resumable } from 'rxjs-http-streams';
import type { SseMessageInit } from '../../protocol/sseMessage';
import { count } from './count';
import { dataOf } from './dataOf';
import { expectSame } from './expectSame';
import type { LogCase } from './logCase';

/** Number of messages: more than two pages in which a feed reads a log. */
const COUNT = 600;
/** Number of messages after which a client disconnects. */
const MIDDLE = 15;
const all = count(COUNT);
/** Emits in groups of 50, so that some messages arrive during an append and are appended together. */
const numbers$: Observable<SseMessageInit> = range(0, COUNT).pipe(
  concatMap((n) => (n % 50 === 0 ? timer(1).pipe(map(() => n)) : of(n))),
  map((data) => ({ data })),
);

/** Proves that clients of a feed on the log receive every message once. */
export const feedCases: readonly LogCase[] = [
  {
    name: 'clients of resumable get what appendTo publishes, once and in order, also one that resumes in the middle',
    async prove(log) {
      const feed = resumable(log.log, { from: 'start' });
      const whole$ = feed().pipe(toArray());
      const cut$ = feed().pipe(
        take(MIDDLE),
        toArray(),
        concatMap((seen) =>
          feed(seen.at(-1)?.id).pipe(
            toArray(),
            map((rest) => [...seen, ...rest]),
          ),
        ),
      );
      const published$ = numbers$.pipe(appendTo(log.log), toArray());
      const [whole, cut, published] = await log.run.last(
        'resumable(log): expected its clients to complete, once appendTo(log) has published everything and the end',
        forkJoin([whole$, cut$, published$]),
      );
      expectSame('appendTo(log): the data that it has published', all, dataOf(published));
      expectSame('resumable(log): the data of a client that stays', all, dataOf(whole));
      expectSame('resumable(log): the data of a client that is cut and resumes', all, dataOf(cut));
      const late$ = feed(whole[MIDDLE - 1]?.id).pipe(toArray());
      expectSame(
        'resumable(log): the data of a client that resumes after the end',
        all.slice(MIDDLE),
        dataOf(
          await log.run.last(
            'resumable(log): expected a client that connects after the end to complete',
            late$,
          ),
        ),
      );
    },
  },
  {
    name: 'clients of resumable get the failure that appendTo has stored, after the messages before it',
    async prove(log) {
      const failing$ = concat(
        numbers$.pipe(take(3)),
        throwError(() => new Error('The source broke')),
      );
      const feed = resumable(log.log, { from: 'start' });
      const client$ = feed().pipe(
        materialize(),
        map((notification) =>
          notification.kind === 'N'
            ? notification.value.data
            : notification.kind === 'E'
              ? 'failed'
              : 'completed',
        ),
        toArray(),
      );
      const [seen, published] = await log.run.last(
        'resumable(log): expected its clients to fail, once appendTo(log) has published a failure',
        forkJoin([client$, failing$.pipe(appendTo(log.log), materialize(), last())]),
      );
      expectSame('resumable(log): the data of a client, and its end', [0, 1, 2, 'failed'], seen);
      expectSame('appendTo(log): the kind of its end', 'E', published.kind);
    },
  },
];
