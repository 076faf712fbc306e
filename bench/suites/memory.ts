import type { Case, Suite } from '../case';
import type { Params } from '../trial';
import { MIB } from './sizes';

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
/** Five times the line. */
const LINE = 5 * 64;

/** By how much a process grows while a body passes through it. */
export const memory: Suite = {
  name: 'Memory',
  cases: [
    passing('chat deltas, SSE, 4 GiB (--quick: 512 MiB)', { format: 'sse', bytes: 4 * GIB }, GIB / 2, 48, 64),
    passing('rows, NDJSON, 4 GiB (--quick: 512 MiB)', { format: 'ndjson', bytes: 4 * GIB }, GIB / 2, 48, 64),
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
  ],
};
