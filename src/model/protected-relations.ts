import { protectedRolesOf } from './declarations.ts';
import type { Model, Relation } from './model.ts';

/** The roles that nobody gives to themselves, and what decides over them. */
export interface ProtectedRelations {
  readonly roles: ReadonlySet<Relation>;
  /** The roles, and everything that they are computed from, on whatever object, links and exclusions among them. */
  readonly deciding: ReadonlySet<Relation>;
}

const known = new WeakMap<Model, ProtectedRelations>();

export function findProtectedRelations(model: Model): ProtectedRelations {
  const before = known.get(model);
  if (before !== undefined) return before;
  const types = [...model.types.values()];
  const roles = new Set(
    types.flatMap((type) => protectedRolesOf(type).flatMap((name) => type.relations.get(name) ?? [])),
  );
  const found = { roles, deciding: findDecidingRelations(model, roles) };
  known.set(model, found);
  return found;
}

/** The relations, and everything that they are computed from: what is written for any other changes nothing of them. */
export function findDecidingRelations(model: Model, relations: Iterable<Relation>): ReadonlySet<Relation> {
  const deciding = new Set(relations);
  for (const relation of deciding) {
    for (const arc of model.graph.into(relation)) {
      deciding.add(arc.from);
      if (arc.kind === 'from') deciding.add(arc.through);
    }
  }
  return deciding;
}
