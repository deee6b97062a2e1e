import { invariant } from '../../base/invariant.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { diffModels } from '../../model/diff-models.ts';
import type { Model } from '../../model/model.ts';
import type { StoredModel } from '../../store/stored-model.ts';
import type { Actor } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { noticeAgents } from '../notice-agents.ts';
import type { Postern } from '../postern.ts';
import type { AuditAction } from '../record-denied.ts';
import { type Refusal, refusedModel } from '../refusal.ts';
import { type Idempotency, type OpenSnapshot, runWrite, type Write, type WriteOutput } from '../writes/run-write.ts';
import { authorizeModelWrite } from './authorize-model-write.ts';
import { unknownModel } from './model-impact.ts';
import { type ModelPreview, previewModelWrite } from './preview-model-write.ts';

export interface ActivateModelInput {
  readonly id: number;
  /** What the caller wrote for it, where that is not the number of any model. */
  readonly written?: string | undefined;
  /** Says what would change and for whom, and changes nothing. */
  readonly dryRun?: boolean;
  readonly reason: string | undefined;
  readonly idempotency?: Idempotency | undefined;
}

export interface ActivateModelOutcome extends Omit<StoredModel, 'createdAt'> {
  readonly createdAt: string;
  readonly preview: ModelPreview;
}

/** Makes a published model the one that decides: forward, or back to an earlier one. Needs `can_publish_model`. */
export async function activateModel(
  postern: Postern,
  actor: Actor,
  { id, written, dryRun = false, reason, idempotency }: ActivateModelInput,
): Promise<Result<WriteOutput<ActivateModelOutcome>, Refusal>> {
  const attempt = { action: 'activateModel' as const, wanted: [{ model: id }] };
  if (dryRun) return previewActivation(postern, actor, attempt, { id, written });
  const entitle = (open: OpenSnapshot, audited: AuditedActor) => authorizeModelWrite(open, audited, postern.platform);
  const prepare = () => askActivation(postern, { id, written });
  const request = { ...attempt, reason, idempotency, entitle, prepare };
  let active: Model | undefined;
  const activated = await runWrite<ActivateModelOutcome, undefined>(postern, actor, request, async (write) => {
    const { transaction } = write;
    const [before, after] = [await transaction.models.loadActive(), await transaction.models.load(id)];
    await activate(write, id);
    const model = await transaction.models.read(id);
    invariant(model !== undefined && after !== undefined, 'a model that was published is there for good');
    active = after;
    return ok({ ...datedInText(model), preview: { diff: before && diffModels(before, after), impact: undefined } });
  });
  if (activated.ok && active !== undefined) noticeAgents(postern, active);
  return activated;
}

function previewActivation(
  postern: Postern,
  actor: Actor,
  attempt: { readonly action: AuditAction; readonly wanted: readonly unknown[] },
  { id, written }: Pick<ActivateModelInput, 'id' | 'written'>,
): Promise<Result<WriteOutput<ActivateModelOutcome>, Refusal>> {
  return previewModelWrite(postern, actor, attempt, async () => {
    const asked = await askActivation(postern, { id, written });
    if (!asked.ok) return asked;
    const model = await postern.store.readModel(id);
    if (model !== undefined) return ok({ to: id, outcome: datedInText(model) });
    const [newest] = await postern.store.readModels(1, undefined);
    return failed(unknownModel(written ?? id, newest));
  });
}

/** As it is kept for a repetition. */
function datedInText({ createdAt, ...model }: StoredModel): Omit<ActivateModelOutcome, 'preview'> {
  return { ...model, createdAt: createdAt.toISOString() };
}

/** Whether the model can decide, and whether a server could start with it: the settings may have changed since. */
async function askActivation(
  { store }: Postern,
  { id, written = String(id) }: Pick<ActivateModelInput, 'id' | 'written'>,
): Promise<Result<undefined, Refusal>> {
  const text = await store.readModelText(id);
  if (text === undefined) {
    const [newest] = await store.readModels(1, undefined);
    return failed(unknownModel(written, newest));
  }
  const parsed = await store.parser.parse(text.source, 'activate');
  return parsed.ok ? ok(undefined) : failed(refusedModel(parsed.problem, ['input', 'id']));
}

async function activate({ transaction, record }: Write, id: number): Promise<void> {
  const before = transaction.models.activeId ?? null;
  await transaction.models.activate(id);
  await record([{ model: before }], [await transaction.models.recordOf(id)]);
}
