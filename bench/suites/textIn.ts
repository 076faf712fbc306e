import { OURS, fasterThan } from '../case';
import type { Case, Suite, Target } from '../case';
import type { Params } from '../trial';
import type { ShapeName } from '../workloads/values';
import { KIB, MIB, cutName, totalFor } from './sizes';

function reading(
  name: string,
  shape: ShapeName,
  chunk: number,
  loop: Target,
  { stream, quick }: { stream?: Target; quick?: Params } = {},
): Case {
  return {
    name: `${name}, ${cutName(chunk)}`,
    trial: 'text',
    params: { shape, chunk, bytes: totalFor(chunk) * 2 },
    contenders: ['TextDecoder', OURS, 'TextDecoderStream'],
    gates: [
      fasterThan('TextDecoder', ...loop),
      ...(stream ? [fasterThan('TextDecoderStream', ...stream)] : []),
    ],
    ...(quick && { quick }),
  };
}

/** Text from a `Response` in memory, against a loop on the reader that decodes with `stream: true`. */
export const textIn: Suite = {
  name: 'Text in',
  cases: [
    reading('ASCII', 'chat', 64 * KIB, [2.2, 0.95], { quick: { bytes: 32 * MIB } }),
    reading('ASCII', 'chat', 1400, [0.92, 0.95], { stream: [3, 2.2], quick: { bytes: 16 * MIB } }),
    reading('some non-ASCII', 'chat with accents', 64 * KIB, [0.93, 1]),
    reading('some non-ASCII', 'chat with accents', 1400, [0.93, 1]),
    reading('nearly all non-ASCII', 'foreign', 64 * KIB, [0.93, 1]),
    reading('nearly all non-ASCII', 'foreign', 1400, [0.93, 1]),
  ],
};
