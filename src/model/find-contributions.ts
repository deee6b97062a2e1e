import { followedParts } from './followed-parts.ts';
import type { Arc, Model, Relation } from './model.ts';
import { arcsOf } from './relation-graph.ts';

/**
 * How much of the model is read.
 *
 * - `all`: what is subtracted as well, although it only takes away
 * - `granting`: without that
 * - `sufficient`: of an intersection only one operand; enough to find everybody, for whoever holds it holds each of them
 */
export type Selection = 'all' | 'granting' | 'sufficient';

/** What relations are computed from, directly or through others: the graph read backwards, each definition once. */
export function findContributions(
  model: Model,
  targets: readonly Relation[],
  selection: Selection,
): { readonly relations: ReadonlySet<Relation>; readonly contributions: readonly Arc[] } {
  const relations = new Set(targets);
  const contributions: Arc[] = [];
  for (const relation of relations) {
    for (const arc of arcsInto(model, relation, selection)) {
      contributions.push(arc);
      relations.add(arc.from);
    }
  }
  return { relations, contributions };
}

function arcsInto(model: Model, to: Relation, selection: Selection): readonly Arc[] {
  const arcs = selection === 'sufficient' ? sufficientArcs(model, to) : model.graph.into(to);
  return selection === 'all' ? arcs : arcs.filter(({ subtractions }) => subtractions === 0);
}

/** Of an intersection, an operand that cannot be given to everybody, if there is one. */
function sufficientArcs(model: Model, to: Relation): readonly Arc[] {
  const parts = followedParts(model, to, (operands) => {
    const narrow = operands.find(({ isOpen }) => !isOpen) ?? operands[0];
    return narrow === undefined ? [] : [narrow];
  });
  return parts.flatMap((part) => arcsOf(model.types, to, part));
}
