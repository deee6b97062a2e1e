import type { Actor } from '../operations/actor.ts';
import type { Postern } from '../operations/postern.ts';
import { commandLine } from './command-line.ts';
import { everySoOften } from './every-so-often.ts';
import { type ImportPlan, planImport, runImport } from './import-store.ts';

type Print = (line: string) => void;

const actor: Actor = { kind: 'console', command: 'postern import' };

/** `postern import FILE`: checks all of it, says what it does, and does it; with `dryRun`, only says it. */
export async function importStoreFile(
  postern: Postern,
  path: string,
  { dryRun }: { readonly dryRun: boolean },
  print: Print,
): Promise<void> {
  const plan = await planImport(postern, path);
  for (const line of describePlan(plan)) print(line);
  if (dryRun) return print(`Nothing was changed. Next: ${commandLine(`import ${path}`)}`);
  await runImport(
    postern,
    actor,
    plan,
    everySoOften(print, (written, of) => `${written} of ${of} relationships written.`),
  );
  print(plan.isModelActive && plan.missing.length === 0 ? 'There was nothing to do.' : 'Done.');
  if (!plan.isModelActive) print('Servers that run show its types and permissions in their schema after a restart.');
}

function describePlan({ path, isModelActive, missing, present }: ImportPlan): readonly string[] {
  const model = isModelActive
    ? `The model of "${path}" is the active one; none is published.`
    : `The model of "${path}" is valid, and is published and activated.`;
  const there = present === 0 ? '' : `; ${present} are there already`;
  return [model, `Relationships to write: ${missing.length}${there}.`];
}
