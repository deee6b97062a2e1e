import type { Model, Relation } from './model.ts';
import type { Rewrite } from './rewrite.ts';

/**
 * The relations that only ever take rights away: whatever refers to one stands behind a "but not", or is such a relation
 * itself. To delete a relationship of one gives something back.
 */
export function findTakingRelations(model: Model): ReadonlySet<Relation> {
  const references = [...model.types.values()].flatMap((type) =>
    [...type.relations.values()].flatMap((relation) => referencesOf(model, relation, relation.rewrite, false)),
  );
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

function referencesOf(model: Model, from: Relation, rewrite: Rewrite, isTaken: boolean): readonly Reference[] {
  const to = (type: string, name: string): readonly Reference[] => {
    const relation = model.types.get(type)?.relations.get(name);
    return relation === undefined || relation === from ? [] : [{ from, to: relation, isTaken }];
  };
  switch (rewrite.kind) {
    case 'direct':
      return from.restrictions.flatMap((entry) => (entry.kind === 'set' ? to(entry.type, entry.relation) : []));
    case 'computed':
      return to(from.type, rewrite.relation);
    case 'from': {
      const through = model.types.get(from.type)?.relations.get(rewrite.through);
      const parents = through?.restrictions.flatMap(({ type }) => to(type, rewrite.relation)) ?? [];
      // The link counts as what flows along it.
      return [...parents, ...(through === undefined ? [] : [{ from, to: through, isTaken }])];
    }
    case 'union':
    case 'intersection':
      return rewrite.operands.flatMap((operand) => referencesOf(model, from, operand, isTaken));
    case 'exclusion': {
      const base = referencesOf(model, from, rewrite.base, isTaken);
      return [...base, ...referencesOf(model, from, rewrite.subtracted, !isTaken)];
    }
  }
}
