import type { Effort } from './measure';
import type { Params } from './trial';

/** The targets on Node 20 and on later versions, whose `TextDecoder` and streams cost less. */
export type Target = readonly [node20: number, later: number];

/**
 * A condition that a case has to meet. `of` is measured, against another contender where `against` names one:
 *
 * - `speed`: how many times as fast it is, at least;
 * - `overhead`: how many times as much it costs, at most;
 * - `limit`: what it costs, at most.
 */
export interface Gate {
  readonly is: 'speed' | 'overhead' | 'limit';
  readonly of: string;
  readonly against?: string;
  readonly measure: string;
  readonly target: Target;
}

/** One workload, and who is timed on it. */
export interface Case {
  readonly name: string;
  /** The file of `trials/` that runs it. */
  readonly trial: string;
  readonly params: Params;
  /** The first is what the others are held against in the table. */
  readonly contenders: readonly string[];
  readonly gates: readonly Gate[];
  /** Parameters that `npm run bench -- --quick` changes. A case without them is not part of the quick run. */
  readonly quick?: Params;
  /** Effort of this case, where it differs from the effort of all others. */
  readonly effort?: Partial<Effort>;
  /** Open files that one of its processes needs. The case is skipped where the system allows fewer. */
  readonly files?: number;
  /** A program that the case needs and the system has not. The case is skipped then. */
  readonly lacks?: string | undefined;
}

/** A condition for the geometric mean over the cases of a suite that have such a gate. */
export interface Mean {
  readonly against: string;
  readonly target: Target;
}

/** Workloads that belong in one table. */
export interface Suite {
  readonly name: string;
  /** Stands above the table: what the figures leave out. */
  readonly note?: string;
  readonly cases: readonly Case[];
  readonly means?: readonly Mean[];
}

/** The name the library has among the contenders. */
export const OURS = 'rxjs-http-streams';

/** Demands that our contender is so many times as fast as `against`. */
export const fasterThan = (against: string, ...target: Target): Gate => ({
  is: 'speed',
  of: OURS,
  against,
  measure: 'cpu',
  target,
});
