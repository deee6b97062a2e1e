import { stringify } from 'yaml';
import { quote } from '../../../base/text-problem.ts';
import { asArgument, commandLine } from '../../command-line.ts';
import type { RefusalKind } from '../translate/construct.ts';
import type { MovingPlan } from './moving-plan.ts';
import { writePlanFiles } from './plan-files.ts';
import { playAssertions } from './play-assertions.ts';
import { printReport } from './print-report.ts';
import { relationshipLine } from './relationship-line.ts';
import { type MovingReport, reportOf } from './report-of.ts';
import { testFileOf } from './test-file-of.ts';

export interface MakePlanOptions {
  readonly folder: string;
  readonly allowed: readonly RefusalKind[];
  /** Where a database for the assertions may be made; without one, on a PostgreSQL of its own. */
  readonly databaseUrl: string | undefined;
  readonly print: (line: string) => void;
}

/** Asks the source's own questions, writes the plan and says what is in it. Returns the exit code: 1 if something is refused. */
export async function makePlan(plan: MovingPlan, options: MakePlanOptions): Promise<number> {
  const { folder, allowed, databaseUrl, print } = options;
  const lines = plan.relationships.map(relationshipLine).toSorted();
  const failed = plan.model === undefined ? [] : await playAssertions(plan, databaseUrl, print);
  const report = reportOf(plan, lines, failed, allowed);
  const { names, types } = report.names;
  const maps = { names: stringify(names), types: stringify(types) };
  const texts = { model: plan.dsl, relationships: lines, tests: testFileOf(plan), ...maps };
  const digest = await writePlanFiles(folder, texts, { ...report });
  printReport(report, digest, print);
  return sayWhatNext(report, folder, print);
}

function sayWhatNext({ blocking }: MovingReport, folder: string, print: (line: string) => void): number {
  if (blocking.length === 0) {
    print(`The plan is in ${quote(folder)}. Next: ${commandLine(`import --apply ${asArgument(folder)}`)}`);
    return 0;
  }
  const flags = blocking.map((kind) => `--allow-refused ${kind}`).join(' ');
  print(
    `The plan is in ${quote(folder)}, and is not applied as it is. Next: mend the source, or plan again with ${flags} to leave that out.`,
  );
  return 1;
}
