import { type DataFacts, type Measurement, nameOf, type Report } from './report.ts';
import { allScenarios } from './scenarios/all-scenarios.ts';

/** The report as a table for people. */
export function printReport({ machine, data, measurements }: Report): string {
  const share = Math.round(data.parentShare * 100);
  const { processor, cores, memoryGb, system, node, postgres } = machine;
  return [
    `${cores} cores of ${processor}, ${memoryGb} GB; ${system}; Node ${node}; PostgreSQL ${postgres}`,
    `${data.relationships} relationships, ${share} % of them parent edges; seed ${data.seed}${besides(data)}`,
    '',
    table([headings, ...measurements.map(row)]),
    '',
    ...allScenarios.map(({ name, meaning }) => `${name}: ${meaning}`),
  ].join('\n');
}

function besides({ more = 0 }: DataFacts): string {
  return more === 0 ? '' : `; and ${more} of scenarios with data of their own`;
}

/** What a later run did, in multiples of an earlier one; above 1 is better everywhere. */
export function printComparison(before: Report, after: Report): string {
  const earlier = new Map(before.measurements.map((measurement) => [nameOf(measurement), measurement]));
  const rows = after.measurements.flatMap((now) => {
    const then = earlier.get(nameOf(now));
    return then === undefined ? [] : [comparisonRow(then, now)];
  });
  const remarks = [
    ...(before.machine.processor === after.machine.processor && before.machine.cores === after.machine.cores
      ? []
      : ['The earlier run was made on another machine: these ratios say nothing about the code.']),
    ...(before.data.relationships === after.data.relationships ? [] : ['The earlier run had other data.']),
  ];
  const title = `Compared with the run of ${before.takenAt}; above 1.00 is better now.`;
  return [title, ...remarks, '', table([comparisonHeadings, ...rows])].join('\n');
}

const headings = [
  'level/scenario/in flight',
  'answers',
  'requests',
  'p50 ms',
  'p99 ms',
  'answers/s',
  'CPU ms',
  'PostgreSQL',
  'statements',
  '+ begin, commit',
  'lookups',
  'rows',
];

function row(measurement: Measurement): readonly string[] {
  const { cost } = measurement;
  return [
    nameOf(measurement),
    measurement.answersPerRequest.toFixed(0),
    String(measurement.requests),
    measurement.p50Ms.toFixed(2),
    measurement.p99Ms.toFixed(2),
    Math.round(measurement.requestsPerSecond * measurement.answersPerRequest).toLocaleString('en'),
    milliseconds(measurement.cpuMs),
    milliseconds(measurement.databaseCpuMs),
    `${cost.statements.toFixed(1)} (max ${cost.mostStatements})`,
    cost.transactionStatements.toFixed(0),
    cost.lookups?.toFixed(0) ?? '',
    cost.rows?.toFixed(0) ?? '',
  ];
}

const comparisonHeadings = ['level/scenario/in flight', 'p50', 'p99', 'requests/s', 'CPU', 'statements'];

function comparisonRow(then: Measurement, now: Measurement): readonly string[] {
  return [
    nameOf(now),
    ratio(then.p50Ms / now.p50Ms),
    ratio(then.p99Ms / now.p99Ms),
    ratio(now.requestsPerSecond / then.requestsPerSecond),
    ratio((then.cpuMs ?? Number.NaN) / (now.cpuMs ?? Number.NaN)),
    ratio(then.cost.statements / now.cost.statements),
  ];
}

/** A processor's time, as far as the system told. */
function milliseconds(time: number | undefined): string {
  return time === undefined ? 'not known' : time.toFixed(2);
}

function ratio(value: number): string {
  return value.toFixed(2);
}

/** Names to the left, numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const [first = [], ...others] = rows;
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
}
