import type { Case, Gate, Suite, Target } from '../case';
import type { Params } from '../trial';

const FLOOR = 'controllers';
const SHARED = 'shared';
const RESUMABLE = 'resumable';
const PEER = 'better-sse';
const BARE = 'res.write';
const BARE_STREAM = 'ReadableStream';
const FRAMEWORKS = ['hono', 'h3'];

/** The set-up's garbage is gone after the first bursts. */
const BURSTS = { dropped: 120, bursts: 240 };

const times = (of: string, against: string, ...target: Target): Gate => ({
  is: 'speed',
  of,
  against,
  measure: 'cpu',
  target,
});

const atMost = (of: string, against: string, most: number, measure = 'cpu'): Gate => ({
  is: 'overhead',
  of,
  against,
  measure,
  target: [most, most],
});

const inMemory = (
  name: string,
  clients: number,
  burst: number,
  floor: Target,
  peers: readonly string[],
): Case => ({
  name,
  trial: 'broadcast',
  params: { clients, burst, ...BURSTS },
  contenders: [FLOOR, SHARED, RESUMABLE, ...peers],
  gates: [
    times(RESUMABLE, FLOOR, ...floor),
    times(SHARED, FLOOR, ...floor),
    atMost(RESUMABLE, SHARED, 1.3),
    ...peers.map((peer) => times(RESUMABLE, peer, 8, 8)),
  ],
  effort: { rounds: 1 },
});

/** Open files of one process: a socket for each client, and some for the engine. */
const filesFor = (clients: number): number => clients + 200;

const overSockets = (name: string, clients: number, params: Params, peers: readonly string[]): Case => ({
  name: `${name} clients over sockets, one message at a time`,
  trial: 'sockets',
  params: { clients, burst: 1, ...params },
  contenders: [BARE, SHARED, RESUMABLE, PEER, ...peers],
  gates: [RESUMABLE, SHARED].flatMap((of) => [atMost(of, BARE, 1.15), times(of, PEER, 1, 1)]),
  effort: { rounds: 1 },
  files: filesFor(clients),
});

/** One feed for many clients, encoded once: ours with and without ids to resume from. */
export const broadcast: Suite = {
  name: 'Broadcast',
  note:
    'In memory unless the name says otherwise, and better-sse in its fetch mode there. Over sockets a write to each of ' +
    'them costs several times what is compared in memory; better-sse is measured by its own Node API there, Hono and h3 by ' +
    'their bridges to Node, and ours by `nodeHandler`.',
  cases: [
    { ...inMemory('1 000 clients, one message at a time', 1_000, 1, [0.6, 0.65], [PEER]), quick: {} },
    inMemory('1 000 clients, bursts of 20', 1_000, 20, [0.6, 0.65], []),
    inMemory('10 000 clients, one message at a time', 10_000, 1, [0.5, 0.5], []),
    { ...overSockets('1 000', 1_000, BURSTS, FRAMEWORKS), quick: { dropped: 40, bursts: 80 } },
    overSockets('5 000', 5_000, { dropped: 30, bursts: 60 }, []),
    overSockets('10 000', 10_000, { dropped: 20, bursts: 40 }, []),
    {
      name: 'a client over a socket that waits, after one message',
      trial: 'clientsOnSockets',
      params: { clients: 2_000 },
      contenders: [BARE, BARE_STREAM, SHARED, RESUMABLE, PEER, ...FRAMEWORKS],
      gates: [BARE, BARE_STREAM].map((bare) => atMost(RESUMABLE, bare, 1.3, 'kB of heap a client')),
      quick: {},
      effort: { rounds: 1 },
      files: filesFor(2_100),
    },
  ],
};
