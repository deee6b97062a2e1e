import type { Finding } from './finding.ts';
import type { LintReport } from './lint-report.ts';

export const reportFormats = ['text', 'json', 'github'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** The report as lines: for people, as data, or as annotations of a GitHub workflow. */
export function printReport(report: LintReport, format: ReportFormat): readonly string[] {
  if (format === 'json') return [JSON.stringify({ version: 1, ...report }, null, 2)];
  if (format === 'text') return [...textFindings(report.findings), ...permissionLines(report), ...summary(report)];
  return [...report.findings.map(annotation), ...permissionLines(report), ...summary(report)];
}

function textFindings(findings: readonly Finding[]): readonly string[] {
  const byFile = Map.groupBy(findings, ({ file }) => file);
  return [...byFile.values()].flatMap((group) => [...group.map(textLine), '']);
}

function textLine({ file, line, column, code, severity, message }: Finding): string {
  return `${file}:${line}:${column}  ${severity === 'warning' ? `${code} (warning)` : code}  ${message}`;
}

function permissionLines({ permissions = [] }: LintReport): readonly string[] {
  return permissions.flatMap(({ permission, type, guards }) => [
    `${permission} on ${type ?? 'no object'}`,
    ...guards.map(({ coordinate, subgraph }) => `  ${coordinate} (${subgraph})`),
    '',
  ]);
}

function summary({ subgraphs, guards, model, errors, warnings }: LintReport): readonly string[] {
  const what = `${count(guards, 'guard')} of ${count(subgraphs.length, 'subgraph')}, compared with ${model}`;
  if (errors + warnings === 0) return [`Nothing found in ${what}.`];
  return [
    `${count(errors, 'error')} and ${count(warnings, 'warning')} in ${what}.`,
    'What each code means, and why it matters: docs/lint.md',
  ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function annotation({ file, line, column, code, severity, message }: Finding): string {
  const properties = `file=${escapeProperty(file)},line=${line},col=${column},title=${escapeProperty(code)}`;
  return `::${severity} ${properties}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
