import { type Level, loadName, type Measurement } from '../report.ts';
import type { FiguresReport } from './figures-report.ts';

/** Where a figure is measured. */
export interface Place {
  readonly title: string;
  readonly level: Level;
}

export const places = {
  engine: { title: 'engine', level: 'engine' },
  replica: { title: 'engine, replica in memory', level: 'replica' },
  http: { title: 'over HTTP and GraphQL', level: 'http' },
} as const satisfies Readonly<Record<string, Place>>;

export type PlaceName = keyof typeof places;
export const placeNames = Object.keys(places) as readonly PlaceName[];

/** A bound: at most, or at least so much. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

/** A figure of the engine and the server. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  readonly targets: Readonly<Record<PlaceName, Target>>;
  readonly read: (report: FiguresReport, level: Level) => number | undefined;
}

/** The table of what is to be reached on two cores with a million relationships. */
export const figures: readonly Figure[] = [
  {
    ...{ name: 'page of 50 × 10, 1 client, p50', unit: 'ms', digits: 2 },
    targets: { engine: { atMost: 1.5 }, replica: { atMost: 0.4 }, http: { atMost: 3 } },
    read: (report, level) => find(report.measurements, level, 'page-50x10', 1)?.p50Ms,
  },
  {
    ...{ name: 'checks in pages, 16 clients', unit: '/s', digits: 0 },
    targets: { engine: { atLeast: 500_000 }, replica: { atLeast: 2_000_000 }, http: { atLeast: 200_000 } },
    read: (report, level) => answersPerSecond(find(report.measurements, level, 'page-50x10', 16)),
  },
  {
    ...{ name: 'single check, 1 client, p50', unit: 'ms', digits: 2 },
    targets: { engine: { atMost: 0.3 }, replica: { atMost: 0.2 }, http: { atMost: 0.45 } },
    read: (report, level) => find(report.measurements, level, 'single', 1)?.p50Ms,
  },
  {
    ...{ name: 'single checks, 16 clients', unit: '/s', digits: 0 },
    targets: { engine: { atLeast: 7000 }, replica: { atLeast: 50_000 }, http: { atLeast: 6000 } },
    read: (report, level) => answersPerSecond(find(report.measurements, level, 'single', 16)),
  },
  {
    ...{ name: 'growth of CPU per page', unit: '×', digits: 2 },
    targets: { engine: { atMost: 2 }, replica: { atMost: 2 }, http: { atMost: 2 } },
    read: growthOf,
  },
  {
    ...{ name: 'statements per page, the most', unit: '', digits: 0 },
    targets: { engine: { atMost: 1 }, replica: { atMost: 1 }, http: { atMost: 1 } },
    read: (report, level) => statementsOf(find(report.measurements, level, 'page-50x10', 1)),
  },
  {
    ...{ name: 'first page of objects-20, p50', unit: 'ms', digits: 2 },
    targets: { engine: { atMost: 4 }, replica: { atMost: 1 }, http: { atMost: 4 } },
    read: (report, level) => find(report.measurements, level, 'objects-20', 1)?.p50Ms,
  },
];

/** A figure of the whole. */
export interface SingleFigure {
  readonly name: string;
  readonly unit: string;
  readonly digits: number;
  readonly target: Target;
  readonly read: (report: FiguresReport) => number | undefined;
}

export const singleFigures: readonly SingleFigure[] = [
  {
    ...{ name: 'memory of the replica per relationship', unit: 'bytes', digits: 0, target: { atMost: 60 } },
    read: ({ replica }) => replica.bytes / replica.relationships,
  },
  {
    ...{ name: 'PostgreSQL per relationship, with all indexes', unit: 'bytes', digits: 0, target: { atMost: 200 } },
    read: ({ storage }) => storage.relationshipBytes / storage.relationships,
  },
  {
    ...{ name: 'the same with the names of objects', unit: 'bytes', digits: 0, target: { atMost: 200 } },
    read: ({ storage }) => (storage.relationshipBytes + storage.objectBytes) / storage.relationships,
  },
  {
    ...{ name: 'durable single mutations, 16 clients, engine', unit: '/s', digits: 0, target: { atLeast: 800 } },
    read: ({ measurements }) => find(measurements, 'engine', 'grant', 16)?.requestsPerSecond,
  },
  {
    ...{ name: 'the same over HTTP and GraphQL', unit: '/s', digits: 0, target: { atLeast: 800 } },
    read: ({ measurements }) => find(measurements, 'http', 'grant', 16)?.requestsPerSecond,
  },
  {
    ...{ name: 'relationships written in bulk', unit: '/s', digits: 0, target: { atLeast: 30_000 } },
    read: ({ bulk }) => bulk.relationshipsPerSecond,
  },
];

/** What has to be measured for the figures, by name. */
export const figureParts = ['single/1', 'single/16', 'page-50x10/1', 'page-50x10/16', 'objects-20/1', 'grant/16'];

function find(
  measurements: readonly Measurement[],
  level: Level,
  scenario: string,
  inFlight: number,
): Measurement | undefined {
  return measurements.find(
    (one) => one.level === level && one.scenario === scenario && loadName(one) === `${inFlight}`,
  );
}

function answersPerSecond(measured: Measurement | undefined): number | undefined {
  return measured && measured.requestsPerSecond * measured.answersPerRequest;
}

function statementsOf(measured: Measurement | undefined): number | undefined {
  return measured && measured.cost.mostStatements + measured.cost.transactionStatements;
}

function growthOf({ growth }: FiguresReport, level: Level): number | undefined {
  if (growth.at(0)?.relationships === growth.at(-1)?.relationships) return undefined;
  const [few, many] = [growth.at(0), growth.at(-1)].map(
    (grown) => grown && cpuPerPage(find(grown.measurements, level, 'page-50x10', 1)),
  );
  return few === undefined || many === undefined ? undefined : many / few;
}

/** Of the process that answers and of the database together. */
function cpuPerPage(measured: Measurement | undefined): number | undefined {
  if (measured?.cpuMs === undefined || measured.databaseCpuMs === undefined) return undefined;
  return measured.cpuMs + measured.databaseCpuMs;
}

export function isReached(target: Target, value: number): boolean {
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}
