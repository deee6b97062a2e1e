import type { Arc, Model, Relation } from './model.ts';

/**
 * The relations that only ever take rights away: whatever refers to one stands behind a "but not", or is such a relation
 * itself. To delete a relationship of one gives something back.
 */
export function findTakingRelations(model: Model): ReadonlySet<Relation> {
  const references = model.relations.flatMap((relation) => model.graph.into(relation).flatMap(referencesOf));
  const taking = new Set(references.filter(({ isTaken }) => isTaken).map(({ to }) => to));
  const gives = Map.groupBy(
    references.filter(({ isTaken }) => !isTaken),
    ({ from }) => from,
  );
  for (const relation of taking) for (const { to } of gives.get(relation) ?? []) taking.add(to);
  removeGiving(taking, gives);
  // What is taken from what takes gives.
  for (const { from, to, isTaken } of references) if (isTaken && taking.has(from)) taking.delete(to);
  removeGiving(taking, gives);
  return taking;
}

/** Drops what a relation outside of the set is made of, and what that is made of. */
function removeGiving(taking: Set<Relation>, gives: ReadonlyMap<Relation, readonly Reference[]>): void {
  const outside = [...gives.keys()].filter((relation) => !taking.has(relation));
  for (const relation of outside) {
    for (const { to } of gives.get(relation) ?? []) if (taking.delete(to)) outside.push(to);
  }
}

interface Reference {
  readonly from: Relation;
  readonly to: Relation;
  /** Whether it stands behind a "but not". */
  readonly isTaken: boolean;
}

/** What a definition refers to by an arc; a relation that refers to itself says nothing of who else does. */
function referencesOf(arc: Arc): readonly Reference[] {
  const isTaken = arc.subtractions % 2 === 1;
  // The link counts as what flows along it.
  const named = arc.kind === 'from' ? [arc.from, arc.through] : [arc.from];
  return named.filter((to) => to !== arc.to).map((to) => ({ from: arc.to, to, isTaken }));
}
