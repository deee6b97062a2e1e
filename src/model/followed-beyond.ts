import type { Model, Relation } from './model.ts';

const followed = new WeakMap<Model, ReadonlySet<Relation>>();

/** The relations that something is taken from by `from`: what is written there leads on, to whoever holds something on its subject. */
export function followedBeyond(model: Model): ReadonlySet<Relation> {
  const known = followed.get(model);
  if (known !== undefined) return known;
  const arcs = model.relations.flatMap((relation) => model.graph.into(relation));
  const found = new Set(arcs.flatMap((arc) => (arc.kind === 'from' ? [arc.through] : [])));
  followed.set(model, found);
  return found;
}
