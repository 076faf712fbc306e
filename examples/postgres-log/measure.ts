/** The figures of Postgres in docs/engines.md: `npx tsx examples/postgres-log/measure.ts`, half a minute. */
import { Pool } from 'pg';
import {
  concatMap,
  firstValueFrom,
  from,
  interval,
  lastValueFrom,
  map,
  merge,
  mergeMap,
  noop,
  range,
  take,
  tap,
} from 'rxjs';
import { resumable } from 'rxjs-http-streams';
import type { MessageLog } from 'rxjs-http-streams';
import { SCHEMA, postgresLog } from './postgresLog';
import { temporaryPostgres } from './temporaryPostgres';

const TEXT = 'x'.repeat(200);

/** The value below which a part of all values is. */
const quantile = (values: readonly number[], part: number): string =>
  ([...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? NaN).toFixed(1);
const spread = (values: readonly number[]): string =>
  `p50 ${quantile(values, 0.5)} ms, p99 ${quantile(values, 0.99)} ms`;

async function withPool(
  settings: Readonly<Record<string, string>>,
  measured: (pool: Pool) => Promise<unknown>,
): Promise<void> {
  const postgres = await temporaryPostgres(settings);
  const pool = new Pool(postgres.config).on('error', noop);
  try {
    await pool.query(SCHEMA);
    await measured(pool);
    await pool.end();
  } finally {
    await postgres.stop();
  }
}

async function appended(log: MessageLog, count: number): Promise<number> {
  const start = performance.now();
  await firstValueFrom(from(log.append(Array.from({ length: count }, () => ({ data: TEXT })))));
  return performance.now() - start;
}

/** Measures appends, one after the other on a key, and on several keys at a time. */
async function appends(pool: Pool, name: string): Promise<void> {
  const times = (keys: number, count: number, size: number): Promise<number[]> =>
    Promise.all(
      Array.from({ length: keys }, async (_, key) => {
        const log = postgresLog(pool, `${keys} ${size} ${key}`);
        const each: number[] = [];
        for (let n = 0; n < count; n++) each.push(await appended(log, size));
        return each;
      }),
    ).then((all) => all.flat());
  await times(1, 100, 1);
  for (const [keys, count, size] of [
    [1, 1_000, 1],
    [1, 200, 100],
    [8, 250, 1],
  ] as const) {
    const start = performance.now();
    const each = await times(keys, count, size);
    const rate = (keys * count * size) / ((performance.now() - start) / 1_000);
    console.log(
      `${name}: appends of ${size} on ${keys} keys at a time: ${spread(each)}, ${Math.round(rate)} messages a second`,
    );
  }
}

async function bytes(pool: Pool): Promise<void> {
  const size = async (): Promise<number> =>
    Number(
      (await pool.query<{ size: string }>(`SELECT pg_total_relation_size('messages') AS size`)).rows[0]?.size,
    );
  const before = await size();
  const log = postgresLog(pool, 'bytes', 100_000);
  for (let n = 0; n < 100; n++) await appended(log, 100);
  console.log(`A message of 200 B takes ${Math.round(((await size()) - before) / 10_000)} B`);
}

/** From the append to the client, when there are many keys on one connection that listens. */
async function deliveries(pool: Pool, keys: number, readers: number): Promise<void> {
  const logs = Array.from({ length: keys }, (_, key) =>
    postgresLog(pool, `delivery ${keys} ${readers} ${key}`),
  );
  const feeds = logs.map((log) => resumable(log, { from: 'start' }));
  const times: number[] = [];
  const clients = merge(...feeds.flatMap((feed) => Array.from({ length: readers }, () => feed())))
    .pipe(tap(({ data }) => times.push(performance.now() - (data as { at: number }).at)))
    .subscribe();
  // Their places are found before the first message.
  await lastValueFrom(interval(1_500).pipe(take(1)));

  let queries = 0;
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown;
  const counting = pool as unknown as { query: typeof query };
  counting.query = (...args) => {
    queries++;
    return query(...args);
  };
  const count = 1_500;
  await lastValueFrom(
    interval(20).pipe(
      take(count / 10),
      concatMap(() => range(0, 10)),
      map((_, index) => logs[index % keys]!),
      mergeMap((log) => from(log.append([{ data: { at: performance.now(), text: TEXT } }]))),
    ),
  );
  await lastValueFrom(interval(500).pipe(take(1)));
  counting.query = query;
  clients.unsubscribe();
  console.log(
    `500 messages a second on ${keys} keys with ${readers} readers each: ${spread(times)}, ` +
      `${((queries - count) / count).toFixed(2)} reads a message, ${times.length} of ${count * readers} delivered`,
  );
}

await withPool({}, async (pool) => {
  await appends(pool, 'fsync on');
  await bytes(pool);
});
await withPool({ synchronous_commit: 'off' }, async (pool) => {
  await appends(pool, 'synchronous_commit off');
  for (const [keys, readers] of [
    [1, 1],
    [1, 100],
    [100, 1],
    [1_000, 1],
  ] as const) {
    await deliveries(pool, keys, readers);
  }
});
