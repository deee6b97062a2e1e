import type { Arc, Leaf, Relation, RelationGraph, TypeDefinition } from './model.ts';
import { partsOf, type RewritePart } from './rewrite.ts';

/** The graph of a model's relations; its arcs are made with the model, those of each part of a definition once. */
export class LinkedGraph implements RelationGraph {
  readonly #into: ReadonlyMap<Relation, readonly Arc[]>;
  readonly #outOf = new Map<Relation, Arc[]>();

  constructor(types: ReadonlyMap<string, TypeDefinition>, relations: readonly Relation[]) {
    this.#into = new Map(
      relations.map((to) => [to, partsOf(to.rewrite).flatMap((part) => arcsOf(types, to, part))] as const),
    );
    for (const arcs of this.#into.values()) {
      for (const arc of arcs) {
        const others = this.#outOf.get(arc.from);
        if (others === undefined) this.#outOf.set(arc.from, [arc]);
        else others.push(arc);
      }
    }
  }

  into(to: Relation): readonly Arc[] {
    return this.#into.get(to) ?? [];
  }

  outOf(from: Relation): readonly Arc[] {
    return this.#outOf.get(from) ?? [];
  }
}

/** The arcs that one part of the definition of a relation stands for. */
export function arcsOf(
  types: ReadonlyMap<string, TypeDefinition>,
  to: Relation,
  { leaf, subtractions }: RewritePart<Leaf>,
): readonly Arc[] {
  if (leaf.kind === 'computed') return [{ kind: 'computed', from: leaf.relation, to, subtractions }];
  if (leaf.kind === 'from') {
    const { through, parents } = leaf;
    return Array.from(parents.values(), (from): Arc => ({ kind: 'from', from, to, through, subtractions }));
  }
  return to.restrictions.flatMap((restriction): readonly Arc[] => {
    const from =
      restriction.kind === 'set' ? types.get(restriction.type)?.relations.get(restriction.relation) : undefined;
    return from === undefined ? [] : [{ kind: 'set', from, to, subtractions }];
  });
}
