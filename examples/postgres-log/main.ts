import { Pool } from 'pg';
import {
  concatMap,
  finalize,
  firstValueFrom,
  forkJoin,
  fromEvent,
  lastValueFrom,
  map,
  noop,
  of,
  range,
  shareReplay,
  takeUntil,
  tap,
  timer,
  toArray,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { appendTo, fromEventSource, resumable, toSseResponse } from 'rxjs-http-streams';
import { serve } from '../serving/serve';
import { SCHEMA, postgresLog } from './postgresLog';
import { postgresBin, temporaryPostgres } from './temporaryPostgres';
import type { TemporaryPostgres } from './temporaryPostgres';

const COUNT = 40;
const KEY = 'numbers';

/** A server process would have a pool, a feed and an address; here two of them are in one process. */
function serverOn(pool: Pool): Observable<string> {
  const feed = resumable(postgresLog(pool, KEY), { from: 'start' });
  return serve((request) => toSseResponse(feed, { request, retry: 100 })).pipe(
    shareReplay({ bufferSize: 1, refCount: true }),
  );
}

/** Publishes numbers to a log that two servers follow, one of which stops, and says what their clients have seen. */
async function show({ config }: TemporaryPostgres): Promise<string> {
  const pools = Array.from({ length: 3 }, () => new Pool(config).on('error', noop));
  const [first, second, publishing] = pools as [Pool, Pool, Pool];
  await publishing.query(SCHEMA);
  const [first$, second$] = [serverOn(first), serverOn(second)];
  const firstServer = first$.subscribe();
  const secondServer = second$.subscribe();

  const published$ = range(1, COUNT).pipe(
    concatMap((n) => timer(25).pipe(map(() => ({ data: n })))),
    appendTo(postgresLog(publishing, KEY)),
  );
  const stays$ = fromEventSource(await firstValueFrom(second$)).pipe(map(({ data }) => Number(data)));
  const origin = await firstValueFrom(first$);
  const moves$ = fromEventSource(({ attempt }) => (attempt === 1 ? of(origin) : second$)).pipe(
    tap(({ data, id }) => {
      if (data !== '15') return;
      console.log(`The first server stops; its client goes on at the second one, after ${id}.`);
      firstServer.unsubscribe();
    }),
    map(({ data }) => Number(data)),
  );

  const seen = await lastValueFrom(
    forkJoin({ stays: stays$.pipe(toArray()), moves: moves$.pipe(toArray()), published: published$ }).pipe(
      finalize(() => {
        firstServer.unsubscribe();
        secondServer.unsubscribe();
      }),
      takeUntil(fromEvent(process, 'SIGINT')),
    ),
    { defaultValue: undefined },
  );
  await Promise.all(pools.map((pool) => pool.end()));
  if (!seen) return 'Stopped.';
  const isWhole = [seen.stays, seen.moves].every(
    (numbers) => numbers.length === COUNT && numbers.every((n, index) => n === index + 1),
  );
  if (!isWhole) process.exitCode = 1;
  return isWhole
    ? `Each client has seen ${COUNT} numbers once, in order.`
    : 'A number was lost or came twice.';
}

if (postgresBin) {
  const postgres = await temporaryPostgres();
  console.log(`Postgres listens at port ${postgres.config.port}; two servers follow one log on it.`);
  try {
    console.log(await show(postgres));
  } finally {
    await postgres.stop();
  }
} else {
  console.log('This example needs Postgres: install it, or name the folder of its programs in POSTGRES_BIN.');
}
