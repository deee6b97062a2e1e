import { table } from '../print-report.ts';
import type { Machine } from '../report.ts';
import { type Compared, comparedName, cpuRatio, median, type PairedRatio, speedRatio } from './paired.ts';

export interface Comparison {
  readonly kind: 'comparison';
  readonly takenAt: string;
  readonly machine: Machine;
  /** The earlier one, as git calls it. */
  readonly revision: string;
  readonly relationships: number;
  readonly seconds: number;
  readonly compared: readonly Compared[];
  /** What the earlier revision cannot be asked. */
  readonly unknown: readonly string[];
}

const headings = ['level/scenario/load', 'p50 ms then', 'now', 'speed', 'least to most', 'CPU', 'least to most', ''];

export function printPairs(comparison: Comparison): string {
  const { machine, revision, relationships, seconds, compared } = comparison;
  const pairs = compared[0]?.pairs.length ?? 0;
  return [
    `Compared with ${revision}`,
    `${machine.cores} cores of ${machine.processor}; PostgreSQL ${machine.postgres}; ${relationships} relationships`,
    `${pairs} pairs of ${seconds} s, by turns; the median of their ratios and its range. Above 1.00 is better now.`,
    '',
    table(printPairRows(comparison)),
    ...comparison.unknown.map((name) => `The earlier revision knows no "${name}".`),
  ].join('\n');
}

export function printPairRows({ compared }: Pick<Comparison, 'compared'>): readonly (readonly string[])[] {
  return [headings, ...compared.map(row)];
}

function row(compared: Compared): readonly string[] {
  const speed = speedRatio(compared);
  const cpu = cpuRatio(compared);
  return [
    comparedName(compared),
    median(compared.pairs.map(({ before }) => before.p50Ms)).toFixed(2),
    median(compared.pairs.map(({ now }) => now.p50Ms)).toFixed(2),
    ...cells(speed),
    ...(cpu === undefined ? ['not known', ''] : cells(cpu)),
    speed.verdict,
  ];
}

function cells({ median: middle, least, most }: PairedRatio): readonly string[] {
  return [middle.toFixed(2), `${least.toFixed(2)} to ${most.toFixed(2)}`];
}
