import type { Case, Gate, Suite } from '../case';
import { MIB } from './sizes';

const OURS_UNLIMITED = 'rxjs-http-streams-unlimited';

const within = (measure: string, most: number): Gate => ({
  is: 'limit',
  of: OURS_UNLIMITED,
  measure,
  target: [most, most],
});

const strained = (name: string, strain: string, size: number, ...gates: Gate[]): Case => ({
  name,
  trial: 'growth',
  params: { strain, size },
  contenders: [OURS_UNLIMITED],
  gates: [within('exponent', 1.1), ...gates],
  quick: { size },
  effort: { rounds: 3 },
});

/** Twice the size, twice the time: five sizes, each twice the one before, and the largest is in the name. */
export const growth: Suite = {
  name: 'Growth',
  cases: [
    strained(
      'a line of 64 MiB, NDJSON in 1 KiB chunks',
      'bytes in a line of NDJSON',
      64 * MIB,
      within('CPU seconds', 0.8),
    ),
    strained(
      'a line of 64 MiB, SSE in 1 KiB chunks',
      'bytes in a line of SSE',
      64 * MIB,
      within('CPU seconds', 0.8),
    ),
    strained(
      'an event of a million data lines',
      'data lines in an event',
      960_000,
      within('CPU seconds', 0.6),
    ),
    {
      ...strained('a million chunks of one byte', 'chunks of one byte', 1_000_000, {
        is: 'overhead',
        of: OURS_UNLIMITED,
        against: 'eventsource-parser',
        measure: 'CPU seconds',
        target: [1.3, 1.3],
      }),
      contenders: ['eventsource-parser', OURS_UNLIMITED],
    },
  ],
};
