import { failed, ok, type Result } from '../../base/result.ts';
import type { Consistency } from '../../model/consistency.ts';
import type { StoredModel } from '../../store/stored-model.ts';
import type { Actor } from '../actor.ts';
import { authorizeRead, objectsToAuthorize } from '../authorize.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { withFreshState } from '../with-fresh-snapshot.ts';
import { unknownModel, unknownModelSentence } from './model-impact.ts';

/** The number that no model has: for what is no number, so that the right to read is asked for first. */
export const noModel = 0;

export interface PublishedModelQuestion {
  /** The active one without it. */
  readonly id?: number | undefined;
  /** What the caller wrote for it, where that is not the number of any model. */
  readonly written?: string | undefined;
  readonly consistency?: Consistency | undefined;
}

/** A published model, or the active one without an id, for an actor with `can_read_model`. */
export async function readPublishedModel(
  postern: Postern,
  actor: Actor,
  { id, written = id === undefined ? undefined : String(id), consistency }: PublishedModelQuestion,
): Promise<Result<StoredModel | undefined, Refusal>> {
  const { store, platform } = postern;
  const request = { what: 'AuditedActor a model', attempt: { action: 'readModel' as const, wanted: [] } };
  return readAs(postern, actor, request, async (audited) => {
    const objects = objectsToAuthorize(actor, platform);
    return withFreshState<StoredModel | undefined>(store, objects, { consistency }, async (snapshot, state) => {
      const authorized = await authorizeRead(snapshot, audited, 'can_read_model', platform);
      if (!authorized.ok) return authorized;
      const model = await state.readModel(id);
      if (model !== undefined || id === undefined || written === undefined) return ok(model);
      const [newest] = await state.readModels(1, undefined);
      if (id === noModel) return failed(unknownModel(written, newest, ['id']));
      postern.notice?.({ code: 'UNKNOWN_MODEL', message: unknownModelSentence(id, newest) });
      return ok(undefined);
    });
  });
}
