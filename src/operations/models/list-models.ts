import { ok, type Result } from '../../base/result.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import type { StoredModel } from '../../store/stored-model.ts';
import { type Actor, formatAsker } from '../actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import { cursorsOf, numberPlace } from '../cursors.ts';
import type { PageRequest } from '../page-request.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';

/** A page of published models, each with the cursor to go on after it. */
export interface ModelPage {
  readonly models: readonly { readonly model: StoredModel; readonly cursor: string }[];
  readonly hasMore: boolean;
  readonly token: ConsistencyToken;
}

/** Published models, the newest first, for an actor with `can_read_model`. */
export async function listModels(
  postern: Postern,
  actor: Actor,
  page: PageRequest,
): Promise<Result<ModelPage, Refusal>> {
  const { store, platform } = postern;
  const request = { what: 'Listing models', attempt: { action: 'readModel' as const, wanted: [] } };
  return readAs(postern, actor, request, async (audited) => {
    const cursors = await cursorsOf(postern, ['models', formatAsker(actor)], numberPlace);
    const start = cursors.read(page);
    if (!start.ok) return start;
    const { place, consistency } = start.value;
    const objects = objectsToAuthorize(actor, platform);
    return withFreshState<ModelPage>(store, objects, { consistency }, async (snapshot, state) => {
      const authorized = await authorizeRead(snapshot, audited, 'can_read_model', platform);
      if (!authorized.ok) return authorized;
      const models = await state.readModels(page.first + 1, place);
      const cursorOf = cursors.in(snapshot);
      return ok({
        models: models.slice(0, page.first).map((model) => ({ model, cursor: cursorOf(model.id) })),
        hasMore: models.length > page.first,
        token: tokenOf(snapshot),
      });
    });
  });
}
