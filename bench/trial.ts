/** Parameters of a workload; they have to be serializable. */
export type Params = Readonly<Record<string, string | number>>;

/** Costs of one run, by the name of the measure. Less is better. */
export type Measures = Readonly<Record<string, number>>;

/** One contender on one workload, in a process of its own. */
export interface Trial {
  /** Number of values that a run handles, so that the cost of one value can be computed. */
  readonly size: number;
  /** Whether the very first run is the one that counts. */
  readonly cold?: boolean;
  /** Throws unless the contender gives exactly what was put in. */
  readonly check: () => Promise<void>;
  readonly run: () => Promise<Measures>;
}

/** The exports of every file in `trials/`. */
export interface TrialModule {
  readonly createTrial: (params: Params, contender: string) => Promise<Trial>;
}

/** The job of a worker process. */
export interface Job {
  readonly trial: string;
  readonly params: Params;
  readonly contender: string;
}
