/** What one run measured; kept as JSON, so that a later run can be compared with it. */
export interface Report {
  /** Those that were kept before there were other kinds have none. */
  readonly kind?: string;
  readonly takenAt: string;
  readonly machine: Machine;
  readonly data: DataFacts;
  readonly measurements: readonly Measurement[];
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly postgres: string;
  /** How many processes wanted a core in the minute before: more than none was other work. */
  readonly load?: number;
}

export interface DataFacts {
  readonly relationships: number;
  readonly seed: number;
  readonly parentShare: number;
  /** Relationships besides, of scenarios with data of their own. */
  readonly more?: number;
}

/** One scenario on one level, under one load. */
export type Measurement = Load &
  Measured & {
    readonly level: Level;
    readonly scenario: string;
    /** Decisions, or entries of a page; the mean over the requests. */
    readonly answersPerRequest: number;
    readonly cost: Cost;
  };

/** A closed loop with so many requests under way at all times, or an open one with so many requests a second. */
export type Load = { readonly inFlight: number } | { readonly perSecond: number };

export interface Measured {
  readonly requests: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requestsPerSecond: number;
  /** Of the process that answers, for each request; undefined where the system does not tell. */
  readonly cpuMs?: number | undefined;
  /** Of all processes of PostgreSQL together, for each request; undefined where it runs elsewhere, or the system does not tell. */
  readonly databaseCpuMs?: number | undefined;
}

export const levels = ['engine', 'replica', 'http'] as const;
export type Level = (typeof levels)[number];

/** `http/page-50x10/16`, and `http/page-50x10/open-40` for 40 a second: by this, measurements are chosen and compared. */
export function nameOf(of: Load & Pick<Measurement, 'level' | 'scenario'>): string {
  return `${of.level}/${of.scenario}/${loadName(of)}`;
}

export function loadName(load: Load): string {
  return 'inFlight' in load ? `${load.inFlight}` : `open-${load.perSecond}`;
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
