import { join } from 'node:path';
import { quote } from '../../../base/text-problem.ts';
import type { Model } from '../../../model/model.ts';
import { parseModel } from '../../../model/parse-model.ts';
import { withRuntimeParameters } from '../../../model/runtime-parameters.ts';
import type { Postern } from '../../../operations/postern.ts';
import { asArgument, commandLine } from '../../command-line.ts';
import { readTextFile } from '../../read-text-file.ts';
import { planFiles } from '../plan/plan-files.ts';

/** The model of a plan that was applied; throws a sentence while another one decides. */
export async function readFollowedModel({ store }: Postern, folder: string): Promise<Model> {
  const dsl = await readTextFile(join(folder, planFiles.model));
  const parsed = parseModel({ kind: 'dsl', dsl });
  const active = await store.readModel(undefined);
  if (parsed.ok && active?.dsl === dsl) return withRuntimeParameters(parsed.value.model, store.runtimeParameters);
  throw new Error(
    `The model of the plan in ${quote(folder)} is not the active one. Next: ${commandLine(`import --apply ${asArgument(folder)}`)}`,
  );
}
