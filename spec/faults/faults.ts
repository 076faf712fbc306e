import { randomInt } from 'node:crypto';
import type { Fault } from '../support/brokenPath';

/** `FAULTS_SEED` repeats a run: the faults are the same, one after the other, and only their timing is not. */
export const seed = Number(process.env.FAULTS_SEED ?? randomInt(2 ** 31));

/** Places at which a response can break. */
export const places = [
  'request',
  'head',
  'between chunks',
  'size',
  'CR|LF',
  'data',
  'anywhere',
] as const satisfies readonly Fault['where'][];

/** The most that gets through of each. A head is longer, and so is a request. */
const REACH: Record<Fault['where'], number> = {
  request: 120,
  head: 150,
  'between chunks': 12,
  size: 20,
  'CR|LF': 24,
  data: 1_000,
  anywhere: 1_000,
  'last chunk': 5,
};

/**
 * Faults without an end, of every kind.
 *
 * @param stalls How many of them are stalls, from 0 to 1.
 */
export function faultsAt(
  where: readonly Fault['where'][],
  stalls: number,
  random: () => number,
): () => Fault {
  return () => {
    const place = where[Math.floor(random() * where.length)]!;
    const paceAt = random();
    const pace = paceAt < 0.9 ? 'as it comes' : paceAt < 0.95 ? 'slowly' : 'byte by byte';
    const how = random() < stalls ? 'stall' : random() < 0.5 ? 'FIN' : 'RST';
    const reach = REACH[place];
    // Of a long way the beginning matters more than the rest, of a short one all.
    const after = reach > 200 ? reach ** random() : reach * random();
    return { where: place, after: Math.floor(after), how, pace };
  };
}
