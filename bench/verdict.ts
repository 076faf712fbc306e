import type { Gate, Mean, Target } from './case';
import type { Samples } from './measure';
import { geometricMean, least, leastGap, median, scatter } from './statistics';

/** Whether a target is met, missed by no more than the noise, or missed. */
export type Verdict = 'met' | 'within noise' | 'missed';

/** A gate, and what was measured of it. */
export interface Outcome extends Gate {
  readonly value: number;
  /** Error of the value, as a share of it, by the distance of the processes from each other. */
  readonly noise: number;
  readonly verdict: Verdict;
}

const HERE = Number(process.versions.node.split('.', 1)[0]);

/** Selects the target for a major version of Node. */
export const targetOn = (version: number, [node20, later]: Target): number => (version < 22 ? node20 : later);

/** Selects the target for the version of Node that runs this. */
export const targetHere = (target: Target): number => targetOn(HERE, target);

export function judge(gate: Gate, samples: ReadonlyMap<string, Samples>): Outcome {
  const costs = (contender: string): number[] =>
    samples.get(contender)?.processes.map((process) => process[gate.measure] ?? NaN) ?? [];
  const own = costs(gate.of);
  if (gate.is === 'limit') return outcomeOf(gate, median(own), scatter(own));
  const others = gate.against ? costs(gate.against) : [];
  // The least of each: a machine has windows in which everything takes twice as long, and nothing makes a program
  // faster.
  const ratio = least(own) / least(others);
  return outcomeOf(gate, gate.is === 'speed' ? 1 / ratio : ratio, leastGap(own) + leastGap(others));
}

/** The geometric mean of what was measured against one contender, on a major version of Node. */
export function judgeMean({ against, target }: Mean, outcomes: readonly Outcome[], version = HERE): Outcome {
  const parts = outcomes.filter((part) => part.against === against && part.is === 'speed');
  const [first] = parts;
  if (!first) throw new Error(`nothing was measured against ${against}`);
  return outcomeOf(
    { ...first, target },
    geometricMean(parts.map(({ value }) => value)),
    Math.max(...parts.map(({ noise }) => noise)) / Math.sqrt(parts.length),
    version,
  );
}

/** Whether more measuring might show that the target is met after all. */
export const isNarrowMiss = ({ verdict, value, target }: Outcome): boolean =>
  verdict === 'missed' && Math.abs(Math.log(value / targetHere(target))) < 0.25;

/** Whether not even a share of the target is reached. */
export const isBelow = (share: number, { is, value, target }: Outcome): boolean =>
  (is === 'speed' ? value / targetHere(target) : targetHere(target) / value) < share;

/** Judges a value by a gate, with the target for a major version of Node. */
export function outcomeOf(gate: Gate, value: number, noise: number, version = HERE): Outcome {
  const target = targetOn(version, gate.target);
  const reached = (measured: number): boolean =>
    gate.is === 'speed' ? measured >= target : measured <= target;
  const generous = gate.is === 'speed' ? value * (1 + noise) : value * (1 - noise);
  const verdict = reached(value) ? 'met' : reached(generous) ? 'within noise' : 'missed';
  return { ...gate, value, noise, verdict };
}
