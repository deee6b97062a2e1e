import { findRelation, type Model, type Relation, type TypeDefinition } from './model.ts';
import { visitLeaves } from './rewrite.ts';
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
    const through = throughOf(type, start.length > 0 ? start : [...type.relations.values()]);
    return [...through].flatMap((name) => {
      const relation = findRelation(model, type.name, name);
      return relation.ok ? [relation.value] : [];
    });
  });
}

function administrationOf(model: Model, type: TypeDefinition): readonly Relation[] {
  const review = type.relations.get('can_review_access');
  if (review !== undefined) return [review];
  const roles = rolesOf(model, type).map(({ name }) => `can_grant_${name}`);
  return ['can_manage_access', ...roles].flatMap((name) => type.relations.get(name) ?? []);
}

/** The relations after `from` in everything on the type that these are computed from. */
export function throughOf(type: TypeDefinition, start: readonly Relation[]): ReadonlySet<string> {
  const through = new Set<string>();
  const seen = new Set(start);
  for (const { rewrite } of seen) {
    visitLeaves(rewrite, (leaf, gives) => {
      if (!gives || leaf.kind === 'direct') return;
      if (leaf.kind === 'from') through.add(leaf.through);
      const sibling = leaf.kind === 'computed' ? type.relations.get(leaf.relation) : undefined;
      if (sibling !== undefined) seen.add(sibling);
    });
  }
  return through;
}
