import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fileLimit } from '../../bench/fileLimit';
import { machine } from '../../bench/report';
import type { ClientCommands } from './clients';
import { ABSENT, CLIENTS, PACE, READERS } from './plan';
import { grouped, isKept, lines } from './promises';
import type { Promised } from './promises';
import { Remote } from '../../bench/remote';
import type { Served, ServerCommands } from './server';

const { values: flags } = parseArgs({
  options: {
    // The form that a change is checked with: it takes about a minute.
    quick: { type: 'boolean', default: false },
    // For how long messages are sent.
    seconds: { type: 'string' },
  },
});

/** The messages of an hour are sent in so many seconds. */
const seconds = Number(flags.seconds ?? (flags.quick ? 30 : 240));
/** The lower bound: a tenth of the time has to be enough to fill the sockets of the clients that never read. */
if (!(seconds >= 25)) throw new TypeError(`--seconds: expected 25 at least, got ${flags.seconds}`);
const HOUR = Math.round(PACE * seconds);
const TENTH = Math.round(HOUR / 10);
/** Limit on the memory held after an hour's messages, as a multiple of that after a tenth of them. */
const GROWTH = 1.1;
/** Longest time for which the event loop may be blocked on a machine that does nothing else, in milliseconds. */
const DELAY = 1_000;
/** Longest wait for anything that has to come, in milliseconds. */
const PATIENCE = 60_000;
/** Longest time for which connections may be spare, in milliseconds. */
const SPARE = 6_000;
const MIB = 1024 * 1024;

/** Open files of one process: the sockets, and some for the engine. */
const FILES = READERS + ABSENT + 200;

/**
 * Memory of the two processes while every reader is connected, in bytes, and what is there that should not be.
 */
interface Level {
  readonly server: number;
  readonly clients: number;
  readonly subscriptionsLeft: number;
  readonly socketsLeft: number;
}

const server = await Remote.start<ServerCommands>(new URL('server.ts', import.meta.url));
const clients = await Remote.start<ClientCommands>(new URL('clients.ts', import.meta.url));

/**
 * Looks until something holds, or for as long as there is patience: whatever does not hold then is a promise broken.
 */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!(await holds()) && performance.now() < deadline) await setTimeout(100);
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** State of the server once so many clients are connected, and no others. */
async function connected(count: number): Promise<Served> {
  let served = await server.call('look');
  await until(async () => {
    served = await server.call('look');
    return served.subscriptions === count && served.sockets === count;
  });
  return served;
}

/** Sends messages to clients that come and go and others that never read, and measures once all is quiet again. */
async function round(origin: string, count: number): Promise<Level> {
  const { tooSlow: before } = await server.call('look');
  await clients.call('connectAbsent', origin);
  await connected(READERS + ABSENT);
  const start = performance.now();
  last = await server.call('send', count);
  const took = (performance.now() - start) / 1_000;
  await until(async () => (await clients.call('behind', last)) === 0);
  await until(async () => total((await server.call('look')).tooSlow) - total(before) === ABSENT);
  cutOff += await clients.call('countCutOff');
  const { subscriptions, sockets } = await connected(READERS);
  const level = {
    server: await server.call('held'),
    clients: await clients.call('held'),
    subscriptionsLeft: subscriptions - READERS,
    socketsLeft: sockets - READERS,
  };
  const mib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;
  console.log(
    `${grouped(last)} messages, the last ${grouped(count)} in ${took.toFixed(0)} s: ` +
      `server ${mib(level.server)}, clients ${mib(level.clients)}`,
  );
  return level;
}

/** State of both processes once every client has left. */
async function leave(): Promise<Served & { readonly clientSockets: number; readonly clientTimers: number }> {
  await clients.call('leave');
  // Node's fetch opens another connection for each that was aborted, and closes it after 4 s without a request.
  await setTimeout(SPARE);
  const served = await connected(0);
  const { sockets, timers } = await clients.call('footprint');
  return { ...served, clientSockets: sockets, clientTimers: timers };
}

if (fileLimit() < FILES) {
  throw new Error(`ulimit -n: expected ${FILES} open files at least, got ${fileLimit()}`);
}

console.log(`Node ${machine.node}, ${machine.processor}`);
console.log(
  `${grouped(READERS + ABSENT)} clients of one feed: ${CLIENTS.staying} stay, ${CLIENTS.leaving} leave and return, ` +
    `${CLIENTS.severed} are cut off and return, ${ABSENT} never read.\n` +
    `${grouped(HOUR)} messages, an hour of ${(HOUR / 3_600).toFixed(2)} a second, at ${PACE} a second.\n`,
);

let last = 0;
let cutOff = 0;
const origin = await server.call('listen');
await clients.call('connect', origin);
await connected(READERS);
const afterTenth = await round(origin, TENTH);
const afterHour = await round(origin, HOUR - TENTH);
const read = await clients.call('look', last);
const { requests, tooSlow, delay, processor, ...leftover } = await leave();
await server.call('close');
const ended = await Promise.all([server.end(), clients.end()]);

for (const error of new Set(read.ended)) console.log(`a stream ended: ${error}`);
console.log(
  `${grouped(requests.leaving + requests.severed - CLIENTS.leaving - CLIENTS.severed)} returns, ` +
    `${grouped(last * READERS)} messages delivered; ` +
    `delay of the event loop, p99: ${delay.toFixed(0)} ms, with ${(processor * 100).toFixed(0)} % of a processor.\n`,
);

const none = (what: string, measured: number): Promised => ({ what, measured, is: 'exactly', promised: 0 });
const all = (what: string, measured: number, promised: number): Promised => ({
  what,
  measured,
  is: 'exactly',
  promised,
});
const growth = (what: string, of: 'server' | 'clients'): Promised => ({
  what,
  measured: afterHour[of] / afterTenth[of],
  is: 'at most',
  promised: GROWTH,
});

const promises: readonly Promised[] = [
  none('messages lost', read.lost + read.missing),
  none('messages doubled', read.doubled),
  none('messages damaged', read.damaged),
  none('streams that ended before they were left', read.ended.length),
  all('connections of those that stay', requests.staying, CLIENTS.staying),
  all('never read: given up by stallTimeout', tooSlow.stallTimeout ?? 0, 2 * CLIENTS.stalling),
  all('never read: given up by maxBufferedBytes', tooSlow.maxBufferedBytes ?? 0, 2 * CLIENTS.flooded),
  all('never read: connections cut', cutOff, 2 * ABSENT),
  none('server: subscriptions left by those that return', afterHour.subscriptionsLeft),
  none('server: sockets left by those that return', afterHour.socketsLeft),
  none('server: subscriptions left at the end', leftover.subscriptions + leftover.sources),
  none('server: sockets left at the end', leftover.sockets),
  none('server: timers left at the end', leftover.timers),
  none('clients: sockets left at the end', leftover.clientSockets),
  none('clients: timers left at the end', leftover.clientTimers),
  none('processes that did not end by themselves', ended.filter((byItself) => !byItself).length),
  growth('server: memory after an hour, times that after a tenth', 'server'),
  growth('clients: memory after an hour, times that after a tenth', 'clients'),
  {
    what: 'server: delay of the event loop, p99, other processes left out',
    measured: delay * processor,
    is: 'at most',
    promised: DELAY,
    unit: 'ms',
  },
];
console.log(lines(promises));
process.exitCode = promises.every(isKept) ? 0 : 1;
