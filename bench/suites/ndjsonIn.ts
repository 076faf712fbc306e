import { OURS, fasterThan } from '../case';
import type { Case, Gate, Suite, Target } from '../case';
import type { Params } from '../trial';
import type { Cut } from '../workloads/chunks';
import type { ShapeName } from '../workloads/values';
import { KIB, MIB, cutName, totalFor } from './sizes';

const FLOOR = 'JSON.parse';
const LOOP = 'slice-loop';

function reading(
  name: string,
  shape: ShapeName,
  chunk: Cut,
  target: Target,
  {
    gates = [],
    peers = [],
    quick,
  }: { gates?: readonly Gate[]; peers?: readonly string[]; quick?: Params } = {},
): Case {
  return {
    name: `${name}, ${cutName(chunk)}`,
    trial: 'ndjson',
    params: { shape, chunk, bytes: totalFor(chunk) / 2 },
    contenders: [FLOOR, OURS, ...peers],
    gates: [fasterThan(FLOOR, ...target), ...gates],
    ...(quick && { quick }),
  };
}

const composed = (operators: string, share: number): Gate => ({
  is: 'speed',
  of: operators,
  against: OURS,
  measure: 'cpu',
  target: [share, share],
});

const quick: Params = { bytes: 8 * MIB };

/** Newline-delimited JSON from a `Response` in memory; the floor is `JSON.parse` on lines that are split already. */
export const ndjsonIn: Suite = {
  name: 'NDJSON in',
  cases: [
    reading('rows', 'row', 64 * KIB, [0.84, 0.84], {
      quick,
      peers: [
        LOOP,
        'parseNdjson',
        'operators',
        'ndjson',
        'ndjson-readablestream',
        'can-ndjson-stream',
        'split-snippet',
        'TextDecoderStream',
        'openai',
      ],
      gates: [
        fasterThan(LOOP, 0.95, 0.95),
        fasterThan('ndjson', 1.25, 1.03),
        composed('parseNdjson', 0.8),
        composed('operators', 0.7),
      ],
    }),
    reading('rows', 'row', 1400, [0.7, 0.7], {
      quick,
      peers: ['operators', 'ndjson', 'ndjson-readablestream', 'TextDecoderStream'],
      gates: [composed('operators', 0.7)],
    }),
    reading('rows', 'row', 'value', [0.38, 0.45]),
    reading('ticks', 'tick', 64 * KIB, [0.8, 0.84], {
      peers: [LOOP, 'operators', 'ndjson'],
      gates: [fasterThan(LOOP, 0.9, 0.93), fasterThan('ndjson', 1.3, 1.2), composed('operators', 0.7)],
    }),
    reading('chat deltas', 'chat', 64 * KIB, [0.84, 0.84], { quick }),
    reading('16 KiB values', 'large', 64 * KIB, [0.52, 0.58], {
      peers: [LOOP],
      gates: [fasterThan(LOOP, 0.93, 0.93)],
    }),
    reading('deeply nested', 'nested', 64 * KIB, [0.9, 0.9]),
    reading('nearly all non-ASCII', 'foreign', 64 * KIB, [0.48, 0.7], {
      peers: [LOOP],
      gates: [fasterThan(LOOP, 0.93, 1)],
    }),
  ],
};
