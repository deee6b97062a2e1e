import type { Arc, Model, Relation } from './model.ts';

/**
 * The relations that only ever take rights away: whatever refers to one stands behind a "but not", or is such a relation
 * itself. To delete a relationship of one gives something back.
 */
export function findSubtractingRelations(model: Model): ReadonlySet<Relation> {
  const references = model.relations.flatMap((relation) => model.graph.into(relation).flatMap(referencesOf));
  const subtracting = new Set(references.filter(({ isSubtracted }) => isSubtracted).map(({ to }) => to));
  const gives = Map.groupBy(
    references.filter(({ isSubtracted }) => !isSubtracted),
    ({ from }) => from,
  );
  for (const relation of subtracting) for (const { to } of gives.get(relation) ?? []) subtracting.add(to);
  removeGiving(subtracting, gives);
  // What is subtracted from what subtracts gives.
  for (const { from, to, isSubtracted } of references)
    if (isSubtracted && subtracting.has(from)) subtracting.delete(to);
  removeGiving(subtracting, gives);
  return subtracting;
}

/** Drops what a relation outside of the set is made of, and what that is made of. */
function removeGiving(subtracting: Set<Relation>, gives: ReadonlyMap<Relation, readonly Reference[]>): void {
  const outside = [...gives.keys()].filter((relation) => !subtracting.has(relation));
  for (const relation of outside) {
    for (const { to } of gives.get(relation) ?? []) if (subtracting.delete(to)) outside.push(to);
  }
}

interface Reference {
  readonly from: Relation;
  readonly to: Relation;
  /** Whether it stands behind a "but not". */
  readonly isSubtracted: boolean;
}

/** What a definition refers to by an arc; a relation that refers to itself says nothing of who else does. */
function referencesOf(arc: Arc): readonly Reference[] {
  const isSubtracted = arc.subtractions % 2 === 1;
  // The link counts as what flows along it.
  const named = arc.kind === 'from' ? [arc.from, arc.through] : [arc.from];
  return named.filter((to) => to !== arc.to).map((to) => ({ from: arc.to, to, isSubtracted }));
}
