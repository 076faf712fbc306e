import { OURS } from '../case';
import type { Gate, Suite } from '../case';

const FLOOR = 'bare-loop';
const WITH_RXJS = 'rxjs and bare-loop';
const PEER = 'eventsource-client';

const atMost = (measure: string, against: string, most: number): Gate => ({
  is: 'overhead',
  of: OURS,
  against,
  measure,
  target: [most, most],
});

/** Streams of which most is their beginning and their end. */
export const short: Suite = {
  name: 'Short streams',
  note:
    'From responses in memory: over a network, a request costs several times what is compared. A stream costs the same ' +
    'however many events follow, so these ratios say nothing of long streams.',
  cases: [
    {
      name: 'a stream of three events, from subscribe to its end',
      trial: 'shortStreams',
      params: { events: 3, streams: 1_000 },
      contenders: [FLOOR, OURS, PEER],
      gates: [atMost('cpu', FLOOR, 8)],
      quick: {},
    },
    {
      name: '10 000 clients that lose their connections, are refused with Retry-After, and are back',
      trial: 'storm',
      params: { count: 10_000, refusals: 1 },
      contenders: [FLOOR, OURS],
      gates: [
        atMost('cpu', FLOOR, 4),
        {
          is: 'limit',
          of: OURS,
          measure: '% of the requests in a tenth of a second',
          target: [30, 30],
        },
      ],
      effort: { rounds: 1 },
    },
    {
      name: 'the first event of a fresh process, with its imports',
      trial: 'firstEvent',
      params: { processes: 3 },
      contenders: [FLOOR, WITH_RXJS, OURS, PEER],
      gates: [atMost('ms of CPU', WITH_RXJS, 1.5)],
      quick: {},
      effort: { rounds: 1 },
    },
  ],
};
