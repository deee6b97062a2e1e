import { ok, type Result } from '../../base/result.ts';
import type { StoredModel } from '../../store/stored-model.ts';
import { type Actor, formatActor } from '../actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { cursorsOf, numberPlace } from '../cursors.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';

/** A page of published models, each with the cursor to go on after it. */
export interface ModelPage {
  readonly models: readonly { readonly model: StoredModel; readonly cursor: string }[];
  readonly hasMore: boolean;
}

/** Published models, the newest first, for an actor with `can_read_model`. */
export async function listModels(
  postern: Postern,
  actor: Actor,
  first: number,
  after: string | undefined,
): Promise<Result<ModelPage, Refusal>> {
  const { store, platform } = postern;
  const request = { what: 'Listing models', attempt: { action: 'readModel' as const, wanted: [] } };
  return readAs(postern, actor, request, async (reading) => {
    const cursors = await cursorsOf(postern, ['models', formatActor(actor)], numberPlace);
    const place = cursors.read(after);
    if (!place.ok) return place;
    const authorized = await store.reader.withSnapshot(objectsToAuthorize(actor, platform), (snapshot) =>
      authorizeRead(snapshot, reading, 'can_read_model', platform),
    );
    if (!authorized.ok) return authorized;
    const models = await store.readModels(first + 1, place.value);
    return ok({
      models: models.slice(0, first).map((model) => ({ model, cursor: cursors.of(model.id) })),
      hasMore: models.length > first,
    });
  });
}
