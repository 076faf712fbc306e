import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  NEVER,
  Subject,
  combineLatest,
  endWith,
  exhaustMap,
  filter,
  finalize,
  forkJoin,
  ignoreElements,
  merge,
  of,
  reduce,
  repeat,
  tap,
} from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { openFront } from '../deploy/front';
import { freePort } from '../serving/freePort';
import { run } from '../serving/run';
import { isRedisInstalled, startRedis } from './redis';
import { running } from './running';

const CLIENTS = 10;
/** Numbers that are published, and those between two deaths. */
const NUMBERS = process.argv.includes('--serve') ? Infinity : 100;
const BETWEEN = 30;

if (!isRedisInstalled()) {
  console.log('There is no redis-server here, which this example starts. REDIS_SERVER names one.');
  process.exit();
}

const folder = mkdtempSync(join(tmpdir(), 'many-servers-'));
process.once('exit', () => {
  rmSync(folder, { recursive: true });
});
const redisPort = await freePort();
const front = await openFront();

const victims = ['server 1', 'Redis', 'server 2'] as const;
const deathSubject = new Subject<(typeof victims)[number]>();

const script =
  (name: string, ...args: readonly number[]) =>
  (): ChildProcess =>
    fork(fileURLToPath(new URL(name, import.meta.url)), [redisPort, ...args].map(String), {
      execArgv: ['--import=tsx'],
    });

/** A process that is started again when it has died, as supervisors do it. Says `undefined` when it dies. */
const supervised = (name: (typeof victims)[number], start: () => ChildProcess): Observable<unknown> =>
  running(start, deathSubject.pipe(filter((victim) => victim === name))).pipe(
    endWith(undefined),
    repeat({ delay: 1_000 }),
  );

const redis$ = supervised('Redis', () => startRedis(redisPort, folder));
const servers$ = combineLatest([
  supervised('server 1', script('server.ts')),
  supervised('server 2', script('server.ts')),
]).pipe(
  tap((ports) => {
    front.turnTo(...ports.filter((port) => typeof port === 'number'));
  }),
);
const published$ = running(script('publisher.ts', NUMBERS)).pipe(
  filter((n) => Number(n) % BETWEEN === 0),
  tap((n) => {
    const victim = victims[(Number(n) / BETWEEN - 1) % victims.length]!;
    console.log(`After number ${String(n)} ${victim} is killed, and started again a second later.`);
    deathSubject.next(victim);
  }),
);

/** Emits the one address of all servers, once they are there. */
const origin$ = merge(
  redis$.pipe(ignoreElements()),
  servers$.pipe(exhaustMap(() => merge(of(front.origin), published$.pipe(ignoreElements()), NEVER))),
).pipe(
  finalize(() => {
    front.close();
  }),
);

/** The numbers that one client has seen, and its connections, from the first number to the end. */
const client = (origin: string): Observable<{ numbers: number[]; connections: number }> =>
  fromEventSource(`${origin}/numbers`, { observe: 'lifecycle' }).pipe(
    reduce(
      ({ numbers, connections }, event) => ({
        numbers: event.type === 'value' ? [...numbers, Number(event.value.data)] : numbers,
        connections: event.type === 'open' ? connections + 1 : connections,
      }),
      { numbers: [] as number[], connections: 0 },
    ),
  );

run(origin$, {
  page: (origin) => origin,
  client: (origin) =>
    forkJoin(Array.from({ length: CLIENTS }, () => client(origin))).pipe(
      tap((clients) => {
        const whole = clients.map(
          ({ numbers }) => numbers.length === NUMBERS && numbers.every((n, index) => n === index + 1),
        );
        for (const [index, { numbers, connections }] of clients.entries()) {
          console.log(
            `client ${index + 1}: ${numbers.length} numbers over ${connections} connections, ` +
              (whole[index] ? 'each once and in order' : `not each once and in order: ${numbers.join(' ')}`),
          );
        }
        process.exitCode = whole.every(Boolean) ? 0 : 1;
      }),
    ),
});
