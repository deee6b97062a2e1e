import { failed, ok, type Result } from '../../base/result.ts';
import type { StoredModel } from '../../store/stored-model.ts';
import type { Actor } from '../actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { unknownModel, unknownModelSentence } from './model-impact.ts';

/** The number that no model has: for what is no number, so that the right to read is asked for first. */
export const noModel = 0;

/** A published model, or the active one without an id, for an actor with `can_read_model`. */
export async function readPublishedModel(
  postern: Postern,
  actor: Actor,
  id: number | undefined,
  written: string | undefined = id === undefined ? undefined : String(id),
): Promise<Result<StoredModel | undefined, Refusal>> {
  const { store, platform } = postern;
  const request = { what: 'Reading a model', attempt: { action: 'readModel' as const, wanted: [] } };
  return readAs(postern, actor, request, async (reading) => {
    const authorized = await store.reader.withSnapshot(objectsToAuthorize(actor, platform), (snapshot) =>
      authorizeRead(snapshot, reading, 'can_read_model', platform),
    );
    if (!authorized.ok) return authorized;
    const model = await store.readModel(id);
    if (model !== undefined || id === undefined || written === undefined) return ok(model);
    const [newest] = await store.readModels(1, undefined);
    if (id === noModel) return failed(unknownModel(written, newest, ['id']));
    postern.notice?.({ code: 'UNKNOWN_MODEL', message: unknownModelSentence(id, newest) });
    return ok(undefined);
  });
}
