import { join } from 'node:path';
import { permissionsOf } from '../../../model/model.ts';
import type { Postern } from '../../../operations/postern.ts';
import { asArgument, commandLine } from '../../command-line.ts';
import { planFiles, type ReadReport } from '../plan/plan-files.ts';

/** What to do after a plan was applied; its tests only where it has any. */
export async function nextStep(postern: Postern, folder: string, report: ReadReport): Promise<string> {
  if (report.assertions.asked > 0) return `Next: ${commandLine(`test ${asArgument(join(folder, planFiles.tests))}`)}`;
  if (report.source.kind === 'keto' && !(await hasPermissions(postern))) return noPermissions;
  return noAssertions;
}

const noPermissions =
  'The source has no assertions, and the model has no permissions to ask about. Next: write a model with permissions, and plan again with --model.';
const noAssertions =
  'The source has no assertions. Next: check permissions that you know the answers of, in a "*.fga.yaml" file: docs/testing.md';

async function hasPermissions({ store }: Postern): Promise<boolean> {
  const active = await store.loadActiveModel();
  return [...(active?.prepared.model.types.values() ?? [])].some((type) => permissionsOf(type).length > 0);
}
