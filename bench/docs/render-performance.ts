import type { BesideReport } from '../beside/beside-report.ts';
import { besideRows } from '../beside/print-beside.ts';
import type { Comparison } from '../compare/print-pairs.ts';
import { printPairRows } from '../compare/print-pairs.ts';
import type { FiguresReport } from '../figures/figures-report.ts';
import { figureRows, growthSentence, singleRows } from '../figures/print-figures.ts';
import { loadName, type Machine, type Measurement, type Report } from '../report.ts';
import { allScenarios } from '../scenarios/all-scenarios.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { markdownTable } from './markdown-table.ts';
import type { Published } from './published.ts';
import { drawScenario } from './scenario-chart.ts';
import { written } from './written.ts';

/** The document and its charts, by their paths below `docs`; nothing of them is written by hand. */
export function renderPerformance(published: Published): ReadonlyMap<string, string> {
  const { reports, figures, comparison, beside } = published;
  const measured = allScenarios.filter(({ name }) =>
    reports.some(({ measurements }) => measurements.some(({ scenario }) => scenario === name)),
  );
  const page = [
    head,
    ...(figures === undefined ? [] : [renderFigures(figures)]),
    ...(comparison === undefined ? [] : [renderComparison(comparison)]),
    ...(beside === undefined ? [] : [renderBeside(beside)]),
    renderRuns(reports),
    ...measured.map((scenario) => renderScenario(scenario, reports)),
  ];
  const charts = measured.map((scenario) => [chartOf(scenario), drawScenario(scenario, reports)] as const);
  return new Map([['performance.md', `${page.join('\n\n')}\n`], ...charts]);
}

const head = `# Performance

What was measured, where and when. This page and its charts are made of \`bench/published/*.json\` by \`npm run bench -- --write-docs\`, and a
test holds that they are: measure anew, publish, and never write a number here. [How it is measured](../bench/README.md) stands with the bench.

Database, server and client share the machine, without a network between them, and all data is in memory.`;

function renderFigures(report: FiguresReport): string {
  const { takenAt, machine, data } = report;
  return [
    '## Figures to reach',
    `\`npm run bench -- --targets\`, ${data.relationships.toLocaleString('en')} relationships, ${whenAndWhere(takenAt, machine)}. ${growthSentence(report)}`,
    markdownTable(figureRows(report)),
    markdownTable(singleRows(report)),
  ].join('\n\n');
}

function renderComparison(comparison: Comparison): string {
  const { takenAt, machine, revision, relationships, seconds, compared } = comparison;
  const pairs = compared[0]?.pairs.length ?? 0;
  return [
    '## Compared with an earlier revision',
    `With \`${revision.replaceAll('`', "'")}\`: ${pairs} pairs of ${seconds} s by turns, ${relationships.toLocaleString('en')} relationships, ${whenAndWhere(takenAt, machine)}. Above 1.00 is better now.`,
    markdownTable(printPairRows(comparison)),
  ].join('\n\n');
}

function renderBeside(report: BesideReport): string {
  const { takenAt, machine, relationships, comparedChecks } = report;
  return [
    '## Beside other servers',
    `The same data and questions, ${relationships.toLocaleString('en')} relationships, ${whenAndWhere(takenAt, machine)}. ${comparedChecks.toLocaleString('en')} answers were compared with the engine's, and none differs. *Cold* is the first time that a request is asked, *warm* is the same requests over and over.`,
    markdownTable(besideRows(report)),
  ].join('\n\n');
}

function renderRuns(reports: readonly Report[]): string {
  const rows = reports.map(({ takenAt, machine, data }) => [
    data.relationships.toLocaleString('en'),
    (data.more ?? 0).toLocaleString('en'),
    takenAt.slice(0, 10),
    where(machine),
  ]);
  return [
    '## Scenarios',
    'Each level, size and load of the runs below. *engine* is what the operations do, in one process; *replica* the same from memory; *http* is the same over HTTP and GraphQL.',
    markdownTable([['relationships', 'besides, of scenarios with data of their own', 'when', 'where'], ...rows]),
  ].join('\n\n');
}

function renderScenario(scenario: Scenario, reports: readonly Report[]): string {
  const { name, meaning } = scenario;
  const rows = reports.flatMap(({ data, measurements }) =>
    measurements.filter((one) => one.scenario === name).map((one) => row(one, data.relationships)),
  );
  return [
    `### ${name}`,
    `${sentence(meaning)}`,
    `![${name}: ${meaning}](${chartOf(scenario)})`,
    markdownTable([headings, ...rows]),
  ].join('\n\n');
}

const headings = [
  ...['level', 'relationships', 'load', 'p50 ms', 'p99 ms', 'answers/s', 'CPU ms', 'PostgreSQL CPU ms', 'statements'],
];

function row(measured: Measurement, size: number): readonly string[] {
  const { level, p50Ms, p99Ms, requestsPerSecond, answersPerRequest, cpuMs, databaseCpuMs, cost } = measured;
  return [
    level,
    size.toLocaleString('en'),
    loadName(measured),
    written(p50Ms),
    written(p99Ms),
    Math.round(requestsPerSecond * answersPerRequest).toLocaleString('en'),
    cpuMs === undefined ? 'not known' : written(cpuMs),
    databaseCpuMs === undefined ? 'not known' : written(databaseCpuMs),
    `${written(cost.statements + cost.transactionStatements)}`,
  ];
}

function chartOf({ name }: Scenario): string {
  return `performance/${name}.svg`;
}

function whenAndWhere(takenAt: string, machine: Machine): string {
  return `${takenAt.slice(0, 10)} on ${where(machine)}`;
}

function where({ processor, cores, memoryGb, system, node, postgres, load }: Machine): string {
  const busy = load === undefined ? '' : `; load of the machine before the run ${load}`;
  return `${cores} cores of ${processor}, ${memoryGb} GB, ${system}, Node ${node}, PostgreSQL ${postgres}${busy}`;
}

function sentence(meaning: string): string {
  return `${meaning.slice(0, 1).toUpperCase()}${meaning.slice(1)}.`;
}
