import { OURS, fasterThan } from '../case';
import type { Case, Gate, Suite, Target } from '../case';
import type { Params } from '../trial';
import type { Cut } from '../workloads/chunks';
import type { StyleName } from '../workloads/messages';
import type { ShapeName } from '../workloads/values';
import { KIB, MIB, cutName, totalFor } from './sizes';

const BASELINE = 'eventsource-parser';
const FLOOR = 'JSON.parse';
const EVERYWHERE: Target = [0.92, 0.9];

function reading(
  name: string,
  shape: ShapeName,
  style: StyleName,
  chunk: Cut,
  {
    gates = [],
    peers = [],
    quick,
  }: { gates?: readonly Gate[]; peers?: readonly string[]; quick?: Params } = {},
): Case {
  return {
    name: `${name}, ${cutName(chunk)}`,
    trial: 'sseJson',
    params: { shape, style, chunk, bytes: totalFor(chunk) / 2 },
    contenders: [BASELINE, OURS, FLOOR, ...peers],
    gates: [fasterThan(BASELINE, ...EVERYWHERE), ...gates],
    ...(quick && { quick }),
  };
}

/** The same, with `JSON.parse` on the data of each message. */
export const sseJsonIn: Suite = {
  name: 'Server-Sent Events in, parsed as JSON',
  means: [{ against: BASELINE, target: [1.07, 0.98] }],
  cases: [
    reading('chat deltas', 'chat', 'plain', 64 * KIB, {
      quick: { bytes: 8 * MIB },
      peers: ['openai'],
      gates: [fasterThan(FLOOR, 0.84, 0.84), fasterThan('openai', 4, 4.5)],
    }),
    reading('chat deltas', 'chat', 'plain', 1400),
    reading('chat deltas', 'chat', 'plain', 'value'),
    reading('ticks', 'tick', 'plain', 64 * KIB, { gates: [fasterThan(FLOOR, 0.72, 0.72)] }),
    reading('16 KiB events', 'large', 'plain', 64 * KIB),
    reading('named, with ids', 'chat', 'named', 64 * KIB),
    reading('CRLF', 'chat', 'crlf', 64 * KIB),
    reading('some non-ASCII', 'chat with accents', 'plain', 64 * KIB),
    reading('nearly all non-ASCII', 'foreign', 'plain', 64 * KIB),
  ],
};
