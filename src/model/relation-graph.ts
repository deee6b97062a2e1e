import { invariant } from '../base/invariant.ts';
import type { Arc, Leaf, Relation, RelationGraph, TypeDefinition } from './model.ts';
import { partsOf, type RewritePart } from './rewrite.ts';

/**
 * The graph of a model's relations; its arcs are made with the model, those of each part of a definition once. A relation of
 * another model has none here, and that is not an answer: where "but not" is in front of it, nothing would be a yes.
 */
export class LinkedGraph implements RelationGraph {
  readonly #into: ReadonlyMap<Relation, readonly Arc[]>;
  readonly #outOf: ReadonlyMap<Relation, readonly Arc[]>;

  constructor(types: ReadonlyMap<string, TypeDefinition>, relations: readonly Relation[]) {
    this.#into = new Map(
      relations.map((to) => [to, partsOf(to.rewrite).flatMap((part) => arcsOf(types, to, part))] as const),
    );
    const outOf = new Map(relations.map((from) => [from, [] as Arc[]] as const));
    for (const arcs of this.#into.values()) for (const arc of arcs) ofThisModel(outOf.get(arc.from)).push(arc);
    this.#outOf = outOf;
  }

  into(to: Relation): readonly Arc[] {
    return ofThisModel(this.#into.get(to));
  }

  outOf(from: Relation): readonly Arc[] {
    return ofThisModel(this.#outOf.get(from));
  }
}

function ofThisModel<Arcs>(arcs: Arcs | undefined): Arcs {
  invariant(arcs !== undefined, 'a graph is asked about relations of its own model');
  return arcs;
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
