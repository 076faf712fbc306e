import { OURS, fasterThan } from '../case';
import type { Case, Gate, Suite } from '../case';
import { MIB } from './sizes';

const FLOOR = 'bare-loop';

const overhead = (measure: string, most: number): Gate => ({
  is: 'overhead',
  of: OURS,
  against: FLOOR,
  measure,
  target: [most, most],
});

const bulk = (
  name: string,
  format: string,
  shape: string,
  peers: readonly string[],
  ...gates: Gate[]
): Case => ({
  name: `${name}, as fast as they come`,
  trial: 'bulk',
  params: { format, shape, bytes: 32 * MIB },
  contenders: [FLOOR, OURS, ...peers],
  gates: [overhead('cpu', 1.15), ...gates],
  quick: { bytes: 16 * MIB },
});

const latency = (of: string, count: number, most: number, quick: number): Case => ({
  name: `delay of ${of}`,
  trial: 'latency',
  params: { of, count },
  contenders: [FLOOR, OURS, 'eventsource-client'],
  gates: [overhead('p50 µs', most)],
  quick: { count: quick },
  effort: { rounds: 3 },
});

/** Over loopback, from a server in another process; the floor is a bare loop on the reader and `JSON.parse`. */
export const endToEnd: Suite = {
  name: 'End to end',
  cases: [
    // What Node 24 takes for the peer depends on when it collects garbage, twice as much or half.
    bulk(
      'chat deltas, SSE',
      'sse',
      'chat',
      ['eventsource-client'],
      fasterThan('eventsource-client', 1.25, 0),
    ),
    bulk('rows, NDJSON', 'ndjson', 'row', ['ndjson']),
    latency('each event', 1000, 1.15, 300),
    latency('the first event', 200, 1.3, 60),
  ],
};
