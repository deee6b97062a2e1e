import type { Model, Relation } from '../model/model.ts';
import type { Rewrite } from '../model/rewrite.ts';

/** A relation that another one is computed from, and how. */
export type Contribution =
  /** Held on the same object. */
  | { readonly kind: 'computed'; readonly from: Relation; readonly to: Relation }
  /** Held on an object that `through` leads to. */
  | { readonly kind: 'from'; readonly from: Relation; readonly to: Relation; readonly through: Relation }
  /** Held by whoever is in the subject set that `from` is. */
  | { readonly kind: 'set'; readonly from: Relation; readonly to: Relation };

/**
 * Everything that can contribute to a relation, directly or through others: the model read backwards.
 *
 * What is subtracted only takes away; it is left out unless `withSubtracted` asks for it.
 */
export function findContributions(
  model: Model,
  target: Relation,
  withSubtracted = false,
): { readonly relations: ReadonlySet<Relation>; readonly contributions: readonly Contribution[] } {
  const relations = new Set([target]);
  const contributions: Contribution[] = [];
  for (const relation of relations) {
    for (const contribution of contributionsTo(model, relation, relation.rewrite, withSubtracted)) {
      contributions.push(contribution);
      relations.add(contribution.from);
    }
  }
  return { relations, contributions };
}

function contributionsTo(model: Model, to: Relation, rewrite: Rewrite, withSubtracted: boolean): Contribution[] {
  const find = (type: string, name: string) => model.types.get(type)?.relations.get(name) ?? [];
  switch (rewrite.kind) {
    case 'direct':
      return to.restrictions.flatMap((restriction) =>
        restriction.kind === 'set'
          ? [find(restriction.type, restriction.relation)].flat().map((from) => ({ kind: 'set' as const, from, to }))
          : [],
      );
    case 'computed':
      return [find(to.type, rewrite.relation)].flat().map((from) => ({ kind: 'computed' as const, from, to }));
    case 'from':
      return [find(to.type, rewrite.through)]
        .flat()
        .flatMap((through) =>
          through.restrictions.flatMap((parent) =>
            [find(parent.type, rewrite.relation)].flat().map((from) => ({ kind: 'from' as const, from, to, through })),
          ),
        );
    case 'union':
    case 'intersection':
      return rewrite.operands.flatMap((operand) => contributionsTo(model, to, operand, withSubtracted));
    case 'exclusion': {
      const operands = withSubtracted ? [rewrite.base, rewrite.subtracted] : [rewrite.base];
      return operands.flatMap((operand) => contributionsTo(model, to, operand, withSubtracted));
    }
  }
}
