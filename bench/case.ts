import type { Effort } from './measure';
import type { Params } from './trial';

/** What is asked of Node 20, and of the later versions, whose `TextDecoder` and streams cost less. */
export type Target = readonly [node20: number, later: number];

/**
 * What has to hold. `of` is measured, against another contender where `against` names one:
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
  /** What `npm run bench -- --quick` changes of the parameters; the case is left out of it without. */
  readonly quick?: Params;
  /** How thoroughly, where it is not as everything else. */
  readonly effort?: Partial<Effort>;
  /** Open files that one of its processes needs. The case is skipped where the system allows fewer. */
  readonly files?: number;
  /** A program that the case needs and the system has not. The case is skipped then. */
  readonly lacks?: string | undefined;
}

/** What has to hold for the geometric mean over the cases of a suite that have such a gate. */
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

/** That we are so many times as fast as `against`. */
export const fasterThan = (against: string, ...target: Target): Gate => ({
  is: 'speed',
  of: OURS,
  against,
  measure: 'cpu',
  target,
});
