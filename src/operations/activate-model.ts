import { failed, ok, type Result } from '../base/result.ts';
import { diffModels, type ModelDiff } from '../model/diff-models.ts';
import type { Model } from '../model/model.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { readModel, type StoredModel } from '../store/read-model.ts';
import type { WriteTransaction } from '../store/write-transaction.ts';
import type { Actor } from './actor.ts';
import { authorize, objectsToAuthorize } from './authorize.ts';
import { type ModelImpact, modelImpact, unknownModel } from './model-impact.ts';
import type { Postern } from './postern.ts';
import type { Refusal } from './refusal.ts';
import { runWrite, type Write, type WriteOutput } from './run-write.ts';

export interface ActivateModelInput {
  readonly id: number;
  /** Says what would change and for whom, and changes nothing. */
  readonly dryRun?: boolean;
  readonly reason: string | undefined;
}

export interface ActivateModelOutcome extends StoredModel {
  readonly preview: ModelPreview;
}

/**
 * What a model changes, compared with the one that was active before; without one there is nothing to compare with.
 * The impact is worked out for dry runs only.
 */
export interface ModelPreview {
  readonly diff: ModelDiff | undefined;
  readonly impact: ModelImpact | undefined;
}

/**
 * Makes a published model the one that decides: forward, or back to an earlier one. Needs `can_publish_model`.
 *
 * The impact of a dry run is worked out after the write that did nothing: no other write waits for it.
 */
export async function activateModel(
  postern: Postern,
  actor: Actor,
  { id, dryRun = false, reason }: ActivateModelInput,
): Promise<Result<WriteOutput<ActivateModelOutcome>, Refusal>> {
  const request = { action: 'activateModel', wanted: [{ model: id }], reason, idempotency: undefined };
  const written = await runWrite<ActivateModelOutcome>(postern, actor, request, async (write) => {
    const { transaction } = write;
    const authorized = await authorizeModelWrite(transaction, actor, postern.platform);
    if (!authorized.ok) return authorized;
    const [before, after] = [await transaction.loadActiveModel(), await transaction.loadModel(id)];
    if (after === undefined) return failed(unknownModel(id));
    if (!dryRun) await activate(write, id);
    const model = await readModel(transaction.sql, id);
    if (model === undefined) return failed(unknownModel(id));
    return ok({ ...model, preview: { diff: before && diffModels(before, after), impact: undefined } });
  });
  return dryRun ? withImpact(postern, actor, id, written) : written;
}

async function activate({ transaction, record }: Write, id: number): Promise<void> {
  const before = await readModel(transaction.sql, undefined);
  await transaction.activateModel(id);
  await record([{ model: before?.id ?? null }], [await transaction.recordOfModel(id)]);
}

/** Adds to the outcome of a dry run what the model would mean for the relationships of this moment. */
export async function withImpact<Outcome extends { readonly preview: ModelPreview }>(
  postern: Postern,
  actor: Actor,
  to: number | Model,
  written: Result<WriteOutput<Outcome>, Refusal>,
): Promise<Result<WriteOutput<Outcome>, Refusal>> {
  if (!written.ok) return written;
  const impact = await modelImpact(postern, actor, { from: undefined, to });
  if (!impact.ok) return impact;
  // Both from one snapshot: another model may have become active since.
  const preview: ModelPreview = { diff: impact.value?.diff, impact: impact.value };
  return ok({ ...written.value, outcome: { ...written.value.outcome, preview } });
}

/** Before there is a first model nobody holds any permission: only the console can publish it. */
export async function authorizeModelWrite(
  transaction: WriteTransaction,
  actor: Actor,
  platform: ObjectRef,
): Promise<Result<undefined, Refusal>> {
  if (actor.kind === 'console') return ok(undefined);
  const snapshot = await transaction.openSnapshot(objectsToAuthorize(actor, platform));
  return authorize(snapshot, actor, 'can_publish_model', platform);
}
