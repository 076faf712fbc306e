import { parseArgs } from 'node:util';
import { machine } from '../../../bench/report';
import { grouped, isKept, lines } from '../promises';
import type { Promised } from '../promises';
import { hasSoundHttp2 } from './attack';
import { attacked } from './attacked';
import type { Outcome } from './attacked';
import { isAbortOfNode } from './isAbortOfNode';

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
/** Memory after all attacks, at most, times the memory after the first of them. */
const GROWTH = 1.15;
/** Number of runs of the attacks, at most. */
const RUNS = 3;

/** Attacks, and does so again where Node has aborted by itself. */
async function outcome(run = 1): Promise<Outcome> {
  try {
    return await attacked(seconds, flags.only);
  } catch (error) {
    if (!isAbortOfNode(error) || run === RUNS) throw error;
    console.log(
      `Node has aborted by an assertion of its own, current_nghttp2_memory_ == 0: all begins again, ` +
        `run ${run + 1} of ${RUNS} at most.`,
    );
    return outcome(run + 1);
  }
}

console.log(`Node ${machine.node}, ${machine.processor}`);
if (!hasSoundHttp2)
  console.log('HTTP/2 is left out: this Node aborts when it collects sessions that were attacked.');
const { state, heldFirst, held, clients, ended } = await outcome();
const { attacks, asked, answered, misses, ...left } = clients;

console.log();
for (const [name, count] of Object.entries(attacks)) console.log(`${grouped(count).padStart(9)}  ${name}`);
console.log();
for (const response of state.open.slice(0, 20)) console.log(`still open: ${response}`);
for (const miss of new Set(misses)) console.log(`in place of an answer: ${miss}`);
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
    measured: held / heldFirst,
    is: 'at most',
    promised: GROWTH,
  },
  none('clients: sockets left', left.sockets),
  none('processes that did not end by themselves', ended.filter((byItself) => !byItself).length),
];
console.log(lines(promises));
process.exitCode = promises.every(isKept) ? 0 : 1;
