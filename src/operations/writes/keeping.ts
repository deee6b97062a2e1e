import { followedBeyond } from '../../model/followed-beyond.ts';
import type { Model, Relation } from '../../model/model.ts';
import { findProtectedRelations } from '../../model/protected-relations.ts';
import type { Relationship } from '../../model/relationship.ts';
import { agentOf, type Viewer } from '../actor.ts';
import { isSelf } from './self-grant.ts';

/** What an actor gives neither to itself nor to whoever acts for it, and what decides over that. */
export interface Keeping {
  readonly model: Model;
  readonly isKept: (relation: Relation) => boolean;
  readonly decides: (relation: Relation) => boolean;
}

/** An agent that acts for somebody gives neither of the two anything: to it, whatever the model has is protected. */
export function keepingOf(model: Model, actor: Viewer): Keeping {
  if (agentOf(actor) !== undefined) return { model, isKept: () => true, decides: () => true };
  const { roles, deciding } = findProtectedRelations(model);
  return { model, isKept: (relation) => roles.has(relation), decides: (relation) => deciding.has(relation) };
}

/** Whether the actor may hold something else when this is written otherwise: a plain subject that is somebody else is no matter. */
export function mayConcern(
  { model, decides }: Keeping,
  actor: Viewer,
  { object, relation, subject }: Relationship,
): boolean {
  // What the model does not know any more is ignored, whether it is there or not.
  const written = model.types.get(object.type)?.relations.get(relation);
  if (written === undefined || !decides(written)) return false;
  return subject.kind === 'set' || followedBeyond(model).has(written) || isSelf(actor, subject);
}
