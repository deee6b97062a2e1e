import { written } from '../docs/written.ts';
import { table } from '../print-report.ts';
import type { BesideReport, BesideResult } from './beside-report.ts';

const headings = ['scenario', 'server', 'cold p50 ms', 'warm p50 ms', 'checks/s, 16 clients, warm'];

export function printBeside(report: BesideReport): string {
  const { machine, relationships, comparedChecks } = report;
  return [
    `${machine.cores} cores of ${machine.processor}; PostgreSQL ${machine.postgres}; ${relationships} relationships`,
    `${comparedChecks} answers compared with the engine's: 0 differ.`,
    '',
    table(besideRows(report)),
  ].join('\n');
}

export function besideRows({ results }: Pick<BesideReport, 'results'>): readonly (readonly string[])[] {
  return [headings, ...results.map(row)];
}

function row({ scenario, server, coldP50Ms, warmP50Ms, checksPerSecond }: BesideResult): readonly string[] {
  const perSecond = Math.round(checksPerSecond).toLocaleString('en');
  return [scenario, server, written(coldP50Ms), written(warmP50Ms), perSecond];
}
