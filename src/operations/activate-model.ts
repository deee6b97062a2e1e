import { failed, ok, type Result } from '../base/result.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { readModel, type StoredModel } from '../store/read-model.ts';
import type { WriteTransaction } from '../store/write-transaction.ts';
import type { Actor } from './actor.ts';
import { authorize, objectsToAuthorize } from './authorize.ts';
import type { Postern } from './postern.ts';
import { invalid, type Refusal } from './refusal.ts';
import { runWrite, type WriteOutput } from './run-write.ts';

export interface ActivateModelInput {
  readonly id: number;
  readonly reason: string | undefined;
}

/** Makes a published model the one that decides: forward, or back to an earlier one. Needs `can_publish_model`. */
export async function activateModel(
  postern: Postern,
  actor: Actor,
  { id, reason }: ActivateModelInput,
): Promise<Result<WriteOutput<StoredModel>, Refusal>> {
  const request = { action: 'activateModel', wanted: [{ model: id }], reason, idempotency: undefined };
  return runWrite(postern, actor, request, async ({ transaction, record }) => {
    const authorized = await authorizeModelWrite(transaction, actor, postern.platform);
    if (!authorized.ok) return authorized;
    const before = await readModel(transaction.sql, undefined);
    const activated = await transaction.activateModel(id);
    const model = activated ? await readModel(transaction.sql, id) : undefined;
    if (model === undefined) return failed(invalid('UNKNOWN_MODEL', `There is no model "${id}".`, ['input', 'id']));
    await record([{ model: before?.id ?? null }], [{ model: id }]);
    return ok(model);
  });
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
