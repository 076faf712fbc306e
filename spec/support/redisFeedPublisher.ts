/**
 * A process that appends numbers to a log on Redis, from the message 'begin' until 'end'. Arguments: the port of Redis;
 * the client of Redis, by its name. When the log has lost messages, it begins again, with another life. It says when it
 * is ready and what it fails with, and how many it has published in the end.
 */
import {
  defer,
  filter,
  fromEvent,
  interval,
  map,
  of,
  retry,
  switchMap,
  take,
  takeUntil,
  tap,
  throwError,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { appendTo, isStreamGapError } from 'rxjs-http-streams';
import { redisLog } from 'rxjs-http-streams/redis';
import { openedClient } from './openedClient';

/** Messages that the process sends. */
export type PublisherWords = 'ready' | { readonly failed: string } | { readonly published: number };

const [, , redisPort, name] = process.argv;

/** Time between two numbers, in milliseconds. */
const EVERY = 5;

const say = (words: PublisherWords): void => {
  process.send?.(words);
};
const told = (word: string): Observable<unknown> =>
  fromEvent(process, 'message', (message: unknown) => message).pipe(
    filter((message) => message === word),
    take(1),
  );

const client = await openedClient(Number(redisPort), name);
const log = redisLog(client, 'numbers', { bufferSize: 1_000_000 });

let lives = 0;
let published = 0;
const numbers$ = defer(() => {
  const life = ++lives;
  return interval(EVERY).pipe(
    map((n) => ({ data: `${life} ${n}` })),
    takeUntil(told('end')),
  );
}).pipe(
  appendTo(log),
  tap(() => {
    published++;
  }),
  retry({
    delay: (error: unknown) => {
      say({ failed: String(error) });
      return isStreamGapError(error) ? of(0) : throwError(() => error);
    },
  }),
);

told('begin')
  .pipe(switchMap(() => numbers$))
  .subscribe({
    complete: () => {
      say({ published });
    },
  });
process.once('disconnect', () => process.exit());
say('ready');
