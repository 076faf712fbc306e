import { OURS, fasterThan } from '../case';
import type { Case, Gate, Suite, Target } from '../case';
import type { Params } from '../trial';
import type { Cut } from '../workloads/chunks';
import type { StyleName } from '../workloads/messages';
import type { ShapeName } from '../workloads/values';
import { KIB, MIB, cutName, totalFor } from './sizes';

const BASELINE = 'eventsource-parser';

function reading(
  name: string,
  shape: ShapeName,
  style: StyleName,
  chunk: Cut,
  target: Target,
  {
    quick,
    gates = [],
    peers = [],
  }: { quick?: Params; gates?: readonly Gate[]; peers?: readonly string[] } = {},
): Case {
  return {
    name: `${name}, ${cutName(chunk)}`,
    trial: 'sse',
    params: { shape, style, chunk, bytes: totalFor(chunk) },
    contenders: [BASELINE, OURS, ...peers],
    gates: [fasterThan(BASELINE, ...target), ...gates],
    ...(quick && { quick }),
  };
}

const quick: Params = { bytes: 8 * MIB };

/**
 * Server-Sent Events from a `Response` in memory, through `fromEventSource`, counted in `next`. Left out: the
 * `EventSource` of undici, which takes no `fetch` and so no response that is not on a network.
 */
export const sseIn: Suite = {
  name: 'Server-Sent Events in',
  means: [{ against: BASELINE, target: [1.4, 1.1] }],
  cases: [
    reading('chat deltas', 'chat', 'plain', 64 * KIB, [2.2, 1.05], {
      quick,
      peers: [
        'parseSse',
        'eventsource',
        'eventsource-client',
        'EventSourceParserStream',
        'fetch-event-source',
        'fetch-event-stream',
        'parse-sse',
        'rxjs-idiom',
      ],
      gates: [
        fasterThan('fetch-event-source', 6.6, 7.9),
        fasterThan('fetch-event-stream', 16, 17.5),
        fasterThan('parse-sse', 8, 4.8),
        fasterThan('eventsource', 3.3, 9.6),
        { is: 'speed', of: 'parseSse', against: OURS, measure: 'cpu', target: [0.8, 0.8] },
      ],
    }),
    reading('chat deltas', 'chat', 'plain', 16 * KIB, [2.2, 1.05]),
    reading('chat deltas', 'chat', 'plain', 1400, [1.4, 1.15], {
      quick,
      peers: ['parseSse'],
      gates: [{ is: 'speed', of: 'parseSse', against: OURS, measure: 'cpu', target: [0.8, 0.8] }],
    }),
    reading('chat deltas', 'chat', 'plain', 64, [1.1, 1.3]),
    reading('chat deltas', 'chat', 'plain', 'value', [1.2, 1.25], { quick }),
    reading('ticks', 'tick', 'plain', 64 * KIB, [1.2, 0.88], {
      quick,
      peers: ['parseSse'],
      gates: [{ is: 'speed', of: 'parseSse', against: OURS, measure: 'cpu', target: [0.8, 0.8] }],
    }),
    reading('ticks', 'tick', 'plain', 'value', [1.05, 0.88]),
    reading('16 KiB events', 'large', 'plain', 64 * KIB, [2.5, 1.2], { quick }),
    reading('16 KiB events', 'large', 'plain', 1400, [1.4, 1]),
    reading('many data lines an event', 'chat', 'many lines', 64 * KIB, [1.1, 1], { quick }),
    reading('many data lines an event', 'chat', 'many lines', 1400, [1.1, 1]),
    reading('named, with ids', 'chat', 'named', 64 * KIB, [1.15, 0.97], { quick }),
    reading('named ticks, with ids', 'tick', 'named', 64 * KIB, [1.15, 0.97]),
    reading('heartbeats between events', 'chat', 'heartbeats', 64 * KIB, [1.4, 1.05]),
    reading('CRLF', 'chat', 'crlf', 64 * KIB, [1.5, 1.05], { quick }),
    reading('some non-ASCII', 'chat with accents', 'plain', 64 * KIB, [0.95, 1], { quick }),
    reading('some non-ASCII', 'chat with accents', 'plain', 1400, [0.93, 0.93]),
    reading('some non-ASCII', 'chat with accents', 'plain', 'value', [0.93, 0.93]),
    reading('nearly all non-ASCII', 'foreign', 'plain', 64 * KIB, [0.93, 1]),
    reading('nearly all non-ASCII', 'foreign', 'plain', 1400, [0.93, 0.93]),
    reading('nearly all non-ASCII', 'foreign', 'plain', 'value', [0.93, 0.93]),
  ],
};
