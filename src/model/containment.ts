import type { Model, Relation, TypeDefinition } from './model.ts';
import { rolesOf } from './roles.ts';

/**
 * The relations that say what an object belongs to, for access reviews.
 *
 * An object belongs to those objects from which the right to give access to it comes: the relations that are named after
 * `from` by what `can_review_access` of its type is computed from; without that permission, `can_manage_access` and
 * `can_grant_*` of its roles. What is behind `but not` does not count. So a track belongs to its album, whose people
 * administer it, and not to the artists that it merely features. A type that has none of these permissions belongs to
 * whatever it names after `from`.
 */
export function containmentOf(model: Model): readonly Relation[] {
  return [...model.types.values()].flatMap((type) => {
    const start = administrationOf(model, type);
    return [...throughOf(model, start.length > 0 ? start : [...type.relations.values()])];
  });
}

function administrationOf(model: Model, type: TypeDefinition): readonly Relation[] {
  const review = type.relations.get('can_review_access');
  if (review !== undefined) return [review];
  const roles = rolesOf(model, type).map(({ name }) => `can_grant_${name}`);
  return ['can_manage_access', ...roles].flatMap((name) => type.relations.get(name) ?? []);
}

/** The relations after `from` in everything on the same object that these are computed from. */
export function throughOf({ graph }: Model, start: readonly Relation[]): ReadonlySet<Relation> {
  const through = new Set<Relation>();
  const seen = new Set(start);
  for (const relation of seen) {
    for (const arc of graph.into(relation)) {
      if (arc.subtractions % 2 === 1) continue;
      if (arc.kind === 'from') through.add(arc.through);
      if (arc.kind === 'computed') seen.add(arc.from);
    }
  }
  return through;
}
