import type { Case, Gate, Suite, Target } from '../case';

const FLOOR = 'controllers';
const SHARED = 'shared';
const RESUMABLE = 'resumable';
const PEER = 'better-sse';

/** The set-up's garbage is gone after the first bursts. */
const BURSTS = { dropped: 120, bursts: 240 };

const times = (of: string, against: string, ...target: Target): Gate => ({
  is: 'speed',
  of,
  against,
  measure: 'cpu',
  target,
});

const atMost = (of: string, against: string, most: number): Gate => ({
  is: 'overhead',
  of,
  against,
  measure: 'cpu',
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

/** One feed for many clients, encoded once: ours with and without ids to resume from. */
export const broadcast: Suite = {
  name: 'Broadcast',
  note:
    'In memory unless the name says otherwise, and better-sse in its fetch mode there. Over sockets a write to each of ' +
    'them costs several times what is compared in memory, and better-sse is measured by its own Node API.',
  cases: [
    { ...inMemory('1 000 clients, one message at a time', 1_000, 1, [0.6, 0.65], [PEER]), quick: {} },
    inMemory('1 000 clients, bursts of 20', 1_000, 20, [0.6, 0.65], []),
    inMemory('10 000 clients, one message at a time', 10_000, 1, [0.5, 0.5], []),
    {
      name: '1 000 clients over sockets, one message at a time',
      trial: 'sockets',
      params: { clients: 1_000, burst: 1, ...BURSTS },
      contenders: ['res.write', SHARED, RESUMABLE, PEER],
      gates: [times(RESUMABLE, PEER, 1, 1), atMost(RESUMABLE, 'res.write', 1.15)],
      effort: { rounds: 1 },
    },
  ],
};
