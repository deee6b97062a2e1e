/** What one run measured; kept as JSON, so that a later run can be compared with it. */
export interface Report {
  readonly takenAt: string;
  readonly machine: Machine;
  readonly data: { readonly relationships: number; readonly seed: number; readonly parentShare: number };
  readonly measurements: readonly Measurement[];
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
}

/** One scenario on one level, with this many requests under way at all times. */
export interface Measurement {
  readonly level: Level;
  readonly scenario: string;
  readonly inFlight: number;
  /** Decisions, or entries of a page; the mean over the requests. */
  readonly answersPerRequest: number;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requestsPerSecond: number;
  /** Of the process that answers, for each request. */
  readonly cpuMs: number;
  readonly cost: Cost;
}

export type Level = 'engine' | 'http';

/** `http/page-50x10/16`: by this, measurements are chosen and compared. */
export function nameOf({ level, scenario, inFlight }: Pick<Measurement, 'level' | 'scenario' | 'inFlight'>): string {
  return `${level}/${scenario}/${inFlight}`;
}

/** What requests ask of the database, as counted; means over all different requests of the scenario. */
export interface Cost {
  readonly statements: number;
  /** The most that any of the requests needed. */
  readonly mostStatements: number;
  /** BEGIN and COMMIT. */
  readonly transactionStatements: number;
  /** Edges, objects and subjects that came back; counted on the engine's level only. */
  readonly rows: number | undefined;
  /** Sources, probes, subjects and nodes that were asked for; counted on the engine's level only. */
  readonly lookups: number | undefined;
}
