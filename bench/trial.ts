/** What a workload is made from; it has to cross the border of a process. */
export type Params = Readonly<Record<string, string | number>>;

/** What one run cost, by the name of what was measured: the less, the better. */
export type Measures = Readonly<Record<string, number>>;

/** One contender on one workload, in a process of its own. */
export interface Trial {
  /** How many values a run handles, to tell the cost of one. */
  readonly size: number;
  /** Whether the very first run is the one that counts. */
  readonly cold?: boolean;
  /** Throws unless the contender gives exactly what was put in. */
  readonly check: () => Promise<void>;
  readonly run: () => Promise<Measures>;
}

/** What every file of `trials/` exports. */
export interface TrialModule {
  readonly createTrial: (params: Params, contender: string) => Promise<Trial>;
}

/** What a worker process is told to do. */
export interface Job {
  readonly trial: string;
  readonly params: Params;
  readonly contender: string;
}
