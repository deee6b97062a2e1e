import { countOf } from '../../../base/count-of.ts';
import { quote } from '../../../base/text-problem.ts';
import { type Construct, refusalKinds } from '../translate/construct.ts';
import type { MovingReport } from './report-of.ts';

type Print = (line: string) => void;

/** The report for a person: everything that is not the same, each with its line, and the counts. */
export function printReport(report: MovingReport, digest: string, print: Print): void {
  const { kinds, constructs, totals } = report;
  print(
    `Read from ${quote(report.source.from)}: ${kinds.exact} exact, ${kinds.helper} helper, ${kinds.changed} changed, ${kinds.refused} refused.`,
  );
  for (const construct of constructs) if (construct.kind !== 'exact') print(lineOf(construct));
  print(
    `Relationships: ${totals.in} in, ${totals.out} out, ${totals.refused} refused, ${totals.expired} expired, ${totals.duplicate} duplicate.`,
  );
  for (const row of report.counts) {
    print(
      `  ${row.type}#${row.relation} → ${row.as}: ${row.in} in, ${row.out} out, ${row.refused} refused, ${row.expired} expired, ${row.duplicate} duplicate`,
    );
  }
  printRefused(report, print);
  const { asked, failed } = report.assertions;
  if (asked > 0) print(`Assertions of the source: ${asked - failed.length} of ${asked} hold.`);
  for (const { line, assertion, expected, actual } of failed.slice(0, mostShown)) {
    print(`  ${placeOf(line)}FAILED ${assertion}: expected ${expected}, and it is ${actual}`);
  }
  for (const warning of report.warnings) print(`WARNING ${warning}`);
  print(`SHA-256 of the sorted relationships: ${report.relationshipsSha256}`);
  print(`Digest of the plan: ${digest}`);
}

const mostShown = 10;

function lineOf({ line, construct, kind, refusal, note }: Construct): string {
  const what = refusal === undefined ? kind : `${kind} (${refusal})`;
  return `  ${placeOf(line)}${what}: ${construct}${note === undefined ? '' : `. ${note}`}`;
}

function placeOf(line: number | undefined): string {
  return line === undefined ? '' : `line ${line}: `;
}

function printRefused({ refused }: MovingReport, print: Print): void {
  for (const [kind, all] of Map.groupBy(refused, (one) => one.kind)) {
    print(`  Refused (${kind}), ${refusalKinds[kind]}: ${countOf(all.length, 'relationship')}`);
    for (const { line, relationship, why } of all.slice(0, mostShown)) {
      print(`    ${placeOf(line)}${shortened(relationship)}: ${why}`);
    }
    if (all.length > mostShown) print(`    … and ${all.length - mostShown} more, all of which are in report.json.`);
  }
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
