import type { Model, Relation } from './model.ts';

const taking = new WeakMap<Model, ReadonlySet<Relation>>();

/**
 * The relations that may take something away, whatever they give besides: something stands behind a "but not" that is computed from
 * them, however far away. Who comes to hold any other relation loses nothing by it.
 */
export function findTakingRelations(model: Model): ReadonlySet<Relation> {
  const known = taking.get(model);
  if (known !== undefined) return known;
  const found = new Set<Relation>();
  for (const arc of model.relations.flatMap((relation) => model.graph.into(relation))) {
    if (arc.subtractions > 0)
      for (const one of arc.kind === 'from' ? [arc.from, arc.through] : [arc.from]) found.add(one);
  }
  for (const relation of found) {
    for (const arc of model.graph.into(relation)) {
      for (const one of arc.kind === 'from' ? [arc.from, arc.through] : [arc.from]) found.add(one);
    }
  }
  taking.set(model, found);
  return found;
}
