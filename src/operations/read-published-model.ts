import { ok, type Result } from '../base/result.ts';
import type { StoredModel } from '../store/read-model.ts';
import type { Actor } from './actor.ts';
import { authorize, objectsToAuthorize } from './authorize.ts';
import { orUnavailable } from './or-unavailable.ts';
import type { Postern } from './postern.ts';
import { orRecordDenied } from './record-denied.ts';
import type { Refusal } from './refusal.ts';

/** A published model, or the active one without an id, for an actor with `can_read_model`. */
export async function readPublishedModel(
  postern: Postern,
  actor: Actor,
  id: number | undefined,
): Promise<Result<StoredModel | undefined, Refusal>> {
  const { store, platform } = postern;
  return orUnavailable(postern, 'Reading a model', async () => {
    const entitled = store.reader.withSnapshot(objectsToAuthorize(actor, platform), (snapshot) =>
      authorize(snapshot, actor, 'can_read_model', platform),
    );
    const authorized = await orRecordDenied(postern, actor, { action: 'readModel', wanted: [] }, entitled);
    return authorized.ok ? ok(await store.readModel(id)) : authorized;
  });
}
