import { ok, type Result } from '../base/result.ts';
import type { StoredModel } from '../store/read-model.ts';
import type { Actor } from './actor.ts';
import { authorizeRead, objectsToAuthorize } from './authorize.ts';
import type { Postern } from './postern.ts';
import { readAs } from './read-as.ts';
import type { Refusal } from './refusal.ts';

/** A published model, or the active one without an id, for an actor with `can_read_model`. */
export async function readPublishedModel(
  postern: Postern,
  actor: Actor,
  id: number | undefined,
): Promise<Result<StoredModel | undefined, Refusal>> {
  const { store, platform } = postern;
  const request = { what: 'Reading a model', attempt: { action: 'readModel', wanted: [] } };
  return readAs(postern, actor, request, async (reading) => {
    const authorized = await store.reader.withSnapshot(objectsToAuthorize(actor, platform), (snapshot) =>
      authorizeRead(snapshot, reading, 'can_read_model', platform),
    );
    return authorized.ok ? ok(await store.readModel(id)) : authorized;
  });
}
