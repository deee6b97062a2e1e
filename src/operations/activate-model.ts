import { failed, ok, type Result } from '../base/result.ts';
import { diffModels } from '../model/diff-models.ts';
import { readModel, type StoredModel } from '../store/read-model.ts';
import type { Actor } from './actor.ts';
import { authorizeModelWrite } from './authorize-model-write.ts';
import { unknownModel } from './model-impact.ts';
import type { Postern } from './postern.ts';
import { type ModelPreview, previewModelWrite } from './preview-model-write.ts';
import { type Refusal, refusedModel } from './refusal.ts';
import { type Entitle, runWrite, type Write, type WriteOutput } from './run-write.ts';

export interface ActivateModelInput {
  readonly id: number;
  /** Says what would change and for whom, and changes nothing. */
  readonly dryRun?: boolean;
  readonly reason: string | undefined;
}

export interface ActivateModelOutcome extends StoredModel {
  readonly preview: ModelPreview;
}

/** Makes a published model the one that decides: forward, or back to an earlier one. Needs `can_publish_model`. */
export async function activateModel(
  postern: Postern,
  actor: Actor,
  { id, dryRun = false, reason }: ActivateModelInput,
): Promise<Result<WriteOutput<ActivateModelOutcome>, Refusal>> {
  const attempt = { action: 'activateModel', wanted: [{ model: id }] };
  if (dryRun) return previewActivation(postern, actor, attempt, id);
  const entitle: Entitle<undefined> = (open, reading) => authorizeModelWrite(open, reading, postern.platform);
  const prepare = () => askActivation(postern, id);
  const request = { ...attempt, reason, idempotency: undefined, entitle, prepare };
  return runWrite<ActivateModelOutcome, undefined>(postern, actor, request, async (write) => {
    const { transaction } = write;
    const [before, after] = [await transaction.loadActiveModel(), await transaction.loadModel(id)];
    if (after === undefined) return failed(unknownModel(id));
    await activate(write, id);
    const model = await readModel(transaction.sql, id);
    if (model === undefined) return failed(unknownModel(id));
    return ok({ ...model, preview: { diff: before && diffModels(before, after), impact: undefined } });
  });
}

function previewActivation(
  postern: Postern,
  actor: Actor,
  attempt: { readonly action: string; readonly wanted: readonly unknown[] },
  id: number,
): Promise<Result<WriteOutput<ActivateModelOutcome>, Refusal>> {
  return previewModelWrite(postern, actor, attempt, async () => {
    const asked = await askActivation(postern, id);
    if (!asked.ok) return asked;
    const outcome = await postern.store.readModel(id);
    return outcome === undefined ? failed(unknownModel(id)) : ok({ to: id, outcome });
  });
}

/** Whether the model can decide, and whether a server could start with it: the settings may have changed since. */
async function askActivation({ store }: Postern, id: number): Promise<Result<undefined, Refusal>> {
  const source = await store.readModelSource(id);
  if (source === undefined) return failed(unknownModel(id));
  const parsed = await store.parser.parse(source, 'activate');
  return parsed.ok ? ok(undefined) : failed(refusedModel(parsed.problem, ['input', 'id']));
}

async function activate({ transaction, record }: Write, id: number): Promise<void> {
  const before = await readModel(transaction.sql, undefined);
  await transaction.activateModel(id);
  await record([{ model: before?.id ?? null }], [await transaction.recordOfModel(id)]);
}
