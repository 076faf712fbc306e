import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Remote } from '../../remote';
import { machine } from '../../report';
import { hasSoundHttp2 } from './attack';
import { grouped, isKept, lines } from '../promises';
import type { Promised } from '../promises';
import type { HostileClientCommands } from './clients';
import type { HostileServerCommands, State } from './server';

const { values: flags } = parseArgs({
  options: {
    hostile: { type: 'boolean' },
    // The form that a change is checked with: it takes about a minute.
    quick: { type: 'boolean', default: false },
    // For how long the server is attacked.
    seconds: { type: 'string' },
    // A regular expression: the attacks whose names match it.
    only: { type: 'string', default: '' },
  },
});

const seconds = Number(flags.seconds ?? (flags.quick ? 45 : 1_800));
if (!(seconds >= 20)) throw new TypeError(`--seconds: expected 20 at least, got ${flags.seconds}`);
/** Seconds of the attacks that come before memory is measured for the first time. */
const FIRST = Math.max(10, seconds / 10);
/** How much more memory may be held after all attacks than after the first of them. */
const GROWTH = 1.15;
/** How long what the attacks have left may take to go away, in milliseconds. */
const PATIENCE = 30_000;
const MIB = 1024 * 1024;

const server = await Remote.start<HostileServerCommands>(new URL('server.ts', import.meta.url));
const clients = await Remote.start<HostileClientCommands>(new URL('clients.ts', import.meta.url));

/** The state of the server once nothing is left in it, or when patience ends. */
async function settled(): Promise<State> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const state = await server.call('look');
    const { sources, connections, sockets, timers } = state;
    if (sources + connections + sockets + timers === 0 || performance.now() > deadline) return state;
    await setTimeout(100);
  }
}

async function attacked(period: number): Promise<{ readonly state: State; readonly held: number }> {
  await clients.call('attack', ports, paths, flags.only, period);
  const state = await settled();
  const held = await server.call('held');
  const { requests, sources, connections } = state;
  console.log(
    `${grouped(requests)} requests, the last after ${period.toFixed(0)} s more: the server holds ` +
      `${(held / MIB).toFixed(1)} MiB, ${sources} sources, ${connections} connections`,
  );
  return { state, held };
}

console.log(`Node ${machine.node}, ${machine.processor}`);
if (!hasSoundHttp2)
  console.log('HTTP/2 is left out: this Node aborts when it collects sessions that were attacked.');
const ports = await server.call('listen');
const paths = await server.call('paths');
const first = await attacked(FIRST);
const { state, held } = await attacked(seconds - FIRST);
await server.call('close');
const { attacks, asked, answered, ...left } = await clients.call('look');
const ended = await Promise.all([server.end(), clients.end()]);

console.log();
for (const [name, count] of Object.entries(attacks)) console.log(`${grouped(count).padStart(9)}  ${name}`);
console.log();
for (const response of state.open.slice(0, 20)) console.log(`still open: ${response}`);
for (const complaint of new Set(state.complaints)) console.log(complaint);

const none = (what: string, measured: number): Promised => ({ what, measured, is: 'exactly', promised: 0 });
const promises: readonly Promised[] = [
  none('exceptions, rejections and warnings', state.complaints.length),
  { what: 'answers to a client that means no harm', measured: answered, is: 'exactly', promised: asked },
  none('kinds of attack that were not tried', Object.values(attacks).filter((count) => count === 0).length),
  none('server: sources left', state.sources),
  none('server: connections and sessions left', state.connections),
  none('server: sockets left', state.sockets),
  none('server: timers left', state.timers),
  {
    what: 'server: memory after all attacks, times that after the first',
    measured: held / first.held,
    is: 'at most',
    promised: GROWTH,
  },
  none('clients: sockets left', left.sockets),
  none('processes that did not end by themselves', ended.filter((byItself) => !byItself).length),
];
console.log(lines(promises));
process.exitCode = promises.every(isKept) ? 0 : 1;
