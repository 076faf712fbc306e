import { OURS } from '../case';
import type { Case, Gate, Suite, Target } from '../case';
import type { Params } from '../trial';
import { KIB, MIB } from './sizes';

const OURS_UNLIMITED = 'rxjs-http-streams-unlimited';

const passing = (name: string, params: Params, quickBytes: number, node20: number, later: number): Case => ({
  name,
  trial: 'memory',
  params,
  contenders: [OURS_UNLIMITED],
  gates: [{ is: 'limit', of: OURS_UNLIMITED, measure: 'MiB grown', target: [node20, later] }],
  quick: { bytes: quickBytes },
  effort: { processes: 1, rounds: 1 },
});

const GIB = 1024 * MIB;

/** Clients in another process, each with a pause in milliseconds after every so many bytes. */
const takers = {
  'a healthy client': { every: Number.MAX_SAFE_INTEGER, pause: 0 },
  // Some 80 MiB a second: less than there is.
  'a client that pauses': { every: 8 * MIB, pause: 100 },
  // A tenth of what a source gives that waits for nobody, and never a long pause.
  'a client that is always slow': { every: 64 * KIB, pause: 5 },
} as const;

const sending = (source: 'pulled' | 'pushed', taker: keyof typeof takers): Case[] =>
  (['sse', 'ndjson'] as const).map((format) => ({
    name: `${format === 'sse' ? 'chat deltas, SSE' : 'rows, NDJSON'}, 4 GiB ${source} (--quick: 512 MiB), out to ${taker}`,
    trial: 'memoryOut',
    params: { format, source, ...takers[taker], bytes: 4 * GIB },
    contenders: [OURS],
    gates: [{ is: 'limit', of: OURS, measure: 'MiB grown', target: [64, 64] }],
    quick: { bytes: GIB / 2 },
    effort: { processes: 1, rounds: 1 },
  }));

const limit = (measure: string, ...target: Target): Gate => ({
  is: 'limit',
  of: OURS,
  measure,
  target,
});

const idle = (name: string, of: string, ...most: Target): Case => ({
  name: `a client of a feed that waits, ${name}`,
  trial: 'idleClients',
  params: { of, count: 2_000 },
  contenders: ['ReadableStream', OURS],
  gates: [limit('kB a client', ...most)],
  quick: {},
  effort: { rounds: 1 },
});

const idleReader = (name: string, messages: number, ...most: Target): Case => ({
  name: `a stream of fromEventSource that waits, ${name}`,
  trial: 'idleReaders',
  params: { messages, count: 2_000 },
  contenders: ['bare-loop', OURS],
  gates: [limit('kB a stream', ...most)],
  quick: {},
  effort: { rounds: 1 },
});

/** Five times the line. */
const LINE = 5 * 64;

/** By how much a process grows while a body passes through it, or waits. */
export const memory: Suite = {
  name: 'Memory',
  cases: [
    passing('chat deltas, SSE, 4 GiB (--quick: 512 MiB)', { format: 'sse', bytes: 4 * GIB }, GIB / 2, 48, 64),
    passing('rows, NDJSON, 4 GiB (--quick: 512 MiB)', { format: 'ndjson', bytes: 4 * GIB }, GIB / 2, 48, 64),
    ...sending('pulled', 'a healthy client'),
    ...sending('pulled', 'a client that pauses'),
    ...sending('pushed', 'a healthy client'),
    ...sending('pushed', 'a client that is always slow'),
    passing(
      'a line of 64 MiB, SSE in 1 KiB chunks',
      { format: 'sse', strain: 'bytes in a line of SSE', bytes: 64 * MIB },
      64 * MIB,
      LINE,
      LINE,
    ),
    passing(
      'a line of 64 MiB, NDJSON in 1 KiB chunks',
      { format: 'ndjson', strain: 'bytes in a line of NDJSON', bytes: 64 * MIB },
      64 * MIB,
      LINE,
      LINE,
    ),
    // A stream and a request of Node 20 alone take over a kilobyte more than those of later versions.
    idle('its body', 'body', 8, 5),
    idle('the response with its request', 'response', 15, 10),
    // The response is a part of them, about 4 kB: a reader keeps it, and so does the bare loop.
    idleReader('before its first message', 0, 18, 15),
    idleReader('after its first message', 1, 18, 15),
    {
      name: '20 clients that resume 20 MiB and never read on',
      trial: 'resume',
      params: { clients: 20, bytes: 20 * MIB },
      contenders: [OURS],
      gates: [
        limit('KiB a client', 1024, 1024),
        limit('ms to the first byte', 50, 50),
        limit('ms a live client waits', 50, 50),
        limit('ms a timer waits', 50, 50),
      ],
      quick: {},
      effort: { rounds: 1 },
    },
  ],
};
