/** A row of the table of what matters: a case, and the contender that it is compared with. */
export interface FrontRow {
  readonly suite: string;
  readonly workload: string;
  readonly against: string | undefined;
}

const rows = (suite: string, against: string | undefined, ...workloads: string[]): FrontRow[] =>
  workloads.map((workload) => ({ suite, workload, against }));

/** The rows that the page on benchmarks shows first. */
export const front: readonly FrontRow[] = [
  ...rows(
    'Server-Sent Events in',
    'eventsource-parser',
    'chat deltas, 64 KiB chunks',
    'chat deltas, 1400 B chunks',
    'chat deltas, one value a chunk',
    'ticks, 64 KiB chunks',
    'named ticks, with ids, 64 KiB chunks',
    'geometric mean of 21 workloads',
  ),
  ...rows(
    'NDJSON in',
    'slice-loop',
    'rows, 64 KiB chunks',
    'ticks, 64 KiB chunks',
    '16 KiB values, 64 KiB chunks',
  ),
  ...rows('Text in', 'TextDecoder', 'nearly all non-ASCII, 64 KiB chunks'),
  ...rows(
    'Server-Sent Events out',
    'enqueue',
    'one client, one at a time',
    'one client, bursts of 16',
    'one client, bursts of 1024',
  ),
  ...rows(
    'Broadcast',
    'controllers',
    '1 000 clients, one message at a time',
    '10 000 clients, one message at a time',
  ),
  ...rows('Broadcast', 'better-sse', '1 000 clients over sockets, one message at a time'),
  ...rows('Broadcast', 'res.write', '1 000 clients over sockets, one message at a time'),
  ...rows(
    'Memory',
    undefined,
    'a client of a feed that waits, its body',
    'a client of a feed that waits, the response with its request',
  ),
  ...rows('End to end', 'bare-loop', 'rows, NDJSON, as fast as they come', 'delay of the first event'),
];
