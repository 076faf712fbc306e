import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Subject, lastValueFrom, merge, take, takeWhile, tap } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { openFront } from './front';

const CLIENTS = 20;
const start = Date.now();

/** Starts a process, and gives the port at which it listens. */
async function started(): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [String(start)], {
    execArgv: ['--import=tsx'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return { child, port };
}

const front = await openFront();
const first = await started();
front.turnTo(first.port);

/** The numbers that each client has seen. */
const seen = Array.from({ length: CLIENTS }, (): number[] => []);
/** Counts the connections of clients to a process. */
const connectionSubject = new Subject<void>();
let connections = 0;
connectionSubject.subscribe(() => {
  connections++;
});
/** The number that ends the example, once it is known. */
let last = Infinity;
const clients = lastValueFrom(
  merge(
    ...seen.map((numbers) =>
      fromEventSource(front.origin, { observe: 'lifecycle' }).pipe(
        tap((event) => {
          if (event.type === 'open') connectionSubject.next();
          if (event.type === 'value') numbers.push(Number(event.value.id));
        }),
        takeWhile((event) => event.type !== 'value' || Number(event.value.id) < last),
      ),
    ),
  ),
);
await lastValueFrom(connectionSubject.pipe(take(CLIENTS)));
console.log(`${CLIENTS} clients follow the numbers of process ${first.child.pid}.`);

// A deploy: the second process is up before the first one is told to end.
const second = await started();
front.turnTo(second.port);
const asked = performance.now();
first.child.kill('SIGTERM');
const [code] = (await once(first.child, 'exit')) as [number | null];
const seconds = ((performance.now() - asked) / 1_000).toFixed(1);
console.log(`Process ${first.child.pid} has ended by itself ${seconds} s after SIGTERM, with code ${code}.`);

last = Math.max(...seen.map((numbers) => numbers.at(-1) ?? 0)) + 10;
await clients;
const isWhole = seen.every((numbers) => numbers.every((n, index) => n === Number(numbers[0]) + index));
console.log(`${connections - CLIENTS} of them went on at process ${second.child.pid}.`);
console.log(isWhole ? 'Each has seen each number once, in order.' : 'A number was lost or came twice.');

second.child.kill('SIGTERM');
await once(second.child, 'exit');
front.close();
process.exitCode = code === 0 && isWhole ? 0 : 1;
